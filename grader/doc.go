// Package grader judges concurrent Go programs: a [Submission] goes in, a
// [Verdict] comes out.
//
// A submission is held against the policy, compiled together with the checks of
// its exercise, and run in a sandbox, several times over in one process, with
// the race detector on; after each check the driver looks for goroutines that
// stay behind. What the program prints and how it ends prove nothing: only the
// driver's own report does.
//
// [Grader.JudgeDir] judges any Go package of one's own in the same way, by its own
// tests, in its folder, with neither policy nor sandbox. [Grader.Run] runs a program
// that nobody has to trust, under the policy and in the sandbox; [Grader.Follow] tells
// what it prints meanwhile.
//
// A verdict is about the learner, an error is about us: a program that fails,
// hangs or bursts is a verdict, a full disk is an error. Verdicts hold facts,
// keys and numbers; their sentences live elsewhere and come in through
// [Verdict.Speak].
package grader
