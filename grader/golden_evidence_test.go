package grader_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"manche/exercises"
	"manche/grader"
	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/sandbox"
)

// findingEvidence are runs written by hand, for the findings that no program can
// be made to give every time, or on every machine.
var findingEvidence = map[string]func(*testing.T) *grader.Verdict{
	// A file of more than 64 KiB.
	"policy.size": func(t *testing.T) *grader.Verdict {
		src := append(slices.Clone(exercise(t).Reference["search.go"]), bytes.Repeat([]byte("// and so on\n"), 6000)...)
		return judge(t, grader.Submission{Exercise: exercise(t).Slug, Files: map[string][]byte{"search.go": src}})
	},
	// The window between the last Done and the waking of Wait is some instructions wide.
	"panic.waitgroup_add": func(t *testing.T) *grader.Verdict {
		return assess(t, wire.Frame{
			Failed: true, Panic: "sync: WaitGroup misuse: Add called concurrently with Wait",
			Stack: "goroutine 8 [running]:\nsync.(*WaitGroup).Add(0xc000012345, 0x1)\n\tsync/waitgroup.go:118 +0x1\nmain.Search()\n\tsearch.go:16 +0x1\n",
		})
	},
	// The report must be broken, which is what the driver guards against.
	"panic.tampered": func(t *testing.T) *grader.Verdict {
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.Exited}, harness.Run{Tampered: true})
	},
	// The policy leaves a program no way to end in silence.
	"panic.exit_program": func(t *testing.T) *grader.Verdict {
		return theBench(t).AssessProgram(sandbox.Result{Stop: sandbox.Exited}, harness.Run{})
	},
	// Nothing that Go blocks on today falls under it; tomorrow's may.
	"leak.other": func(t *testing.T) *grader.Verdict {
		return assess(t, wire.Frame{Left: "goroutine 9 [some new reason (leaked)]:\nmain.Search.func1()\n\tsearch.go:16 +0x1\ncreated by main.Search in goroutine 8\n\tsearch.go:15 +0x1\n"})
	},
	"deadlock.other": func(t *testing.T) *grader.Verdict {
		return assess(t, wire.Frame{
			Kind: wire.Stuck, Proven: true,
			Left: "goroutine 8 [some new reason (leaked)]:\nmain.Search()\n\tsearch.go:16 +0x1\n",
		})
	},
	// A deadlock that has none of the code in it: only the check waits.
	"deadlock.finished": func(t *testing.T) *grader.Verdict {
		return assess(t, wire.Frame{Kind: wire.Stuck, Proven: true, Left: "goroutine 8 [chan receive (leaked)]:\nmain.TestReturnsTheAnswer()\n\tsearch_test.go:26 +0x1\n"})
	},
	// The same, where nobody can say what has ended.
	"deadlock.unplaced": func(t *testing.T) *grader.Verdict {
		return assess(t, wire.Frame{Kind: wire.Stuck, Stalled: true, Left: "goroutine 8 [chan receive]:\nmain.TestReturnsTheAnswer()\n\tsearch_test.go:26 +0x1\n"})
	},
	// The runtime says so only where no timer is left, so before the driver has one.
	"deadlock.asleep": func(t *testing.T) *grader.Verdict {
		output := "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.init()\n\tsearch.go:10 +0x1\n"
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.Exited, Output: []byte(output)}, harness.Run{})
	},
	// How many goroutines the race detector bears depends on the platform.
	"resource.goroutines": func(t *testing.T) *grader.Verdict {
		output := "race: limit on 8128 simultaneously alive goroutines is exceeded, dying\n"
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.Exited, Output: []byte(output)}, harness.Run{})
	},
	// The wall is met before, where both processors have work to do.
	"timeout.processor": func(t *testing.T) *grader.Verdict {
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.CPUTime}, harness.Run{})
	},
	// It takes some dozens of checks, each with thousands of goroutines.
	"resource.report": func(t *testing.T) *grader.Verdict {
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.ReportLimit}, harness.Run{})
	},
	// A minute must pass before the first test.
	"timeout.setup": func(t *testing.T) *grader.Verdict {
		left := "goroutine 1 [running]:\nmain.init.func1()\n\tsearch.go:10 +0x1\n"
		return theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: sandbox.Exited}, harness.Run{
			Attempts: []harness.Attempt{{Frame: wire.Frame{Kind: wire.Stuck, Left: left}, Stuck: true}},
		})
	},
	// A check that measures whether work overlaps, as an exercise may have.
	"test.sequential": func(t *testing.T) *grader.Verdict { return assessOverlap(t, "10 × 1s: 10s, want 4s") },
	"test.overlap":    func(t *testing.T) *grader.Verdict { return assessOverlap(t, "the second call began after the first") },
	// What depends on luck does not come every time.
	"test.unsteady": func(t *testing.T) *grader.Verdict {
		return assessTest(t, map[string][]harness.Run{"unguarded-send": {testRun(wire.Frame{Failed: true}), testRun(wire.Frame{})}})
	},
	// Nothing of the test's own is to be seen where it waits.
	"timeout.broken": func(t *testing.T) *grader.Verdict {
		return assessTest(t, map[string][]harness.Run{"unguarded-send": {testRun(wire.Frame{Kind: wire.Stuck, Proven: true})}})
	},
	// A try that takes its time, and none after it.
	"timeout.slow": func(t *testing.T) *grader.Verdict {
		once := []harness.Run{testRun(wire.Frame{})}
		bad := []harness.Run{testRun(wire.Frame{Failed: true})}
		return theBench(t).AssessTest(testExercise(t), sandbox.Result{Stop: sandbox.Exited}, time.Minute, map[string][]harness.Run{
			"example": once, "slow-to-end": once, "two-goroutines": once, "unguarded-send": bad, "forgotten-watcher": bad,
		})
	},
	// No submission over HTTP has such a name; whoever uses the package may.
	"build.file_name": func(t *testing.T) *grader.Verdict {
		return judge(t, grader.Submission{
			Exercise: "prog", Files: map[string][]byte{"../prog.go": []byte("package prog\n")},
			Tests: map[string][]byte{"prog_test.go": []byte("package prog\n\nimport \"testing\"\n\nfunc TestNothing(*testing.T) {}\n")},
		})
	},
}

// assessOverlap is the verdict on an answer whose check of overlapping work says
// this against it.
func assessOverlap(t *testing.T, message string) *grader.Verdict {
	ex := *exercise(t)
	ex.Concurrent = ex.CheckList[:1]
	a := attempts(ex.CheckList)
	a[0].Failed, a[0].Output = true, "    search_test.go:28: "+message+"\n"
	return assessOn(t, &ex, a)
}

// assess is the verdict on a run of fix-the-leak whose first check ended, or got
// stuck, with this report.
func assess(t *testing.T, f wire.Frame) *grader.Verdict {
	t.Helper()
	ex := exercise(t)
	a := attempts(ex.CheckList)
	f.Check = ex.CheckList[0]
	a[0] = harness.Attempt{Frame: f, Ended: f.Kind != wire.Stuck, Stuck: f.Kind == wire.Stuck}
	return assessOn(t, ex, a)
}

func assessOn(t *testing.T, ex *exercises.Exercise, a []harness.Attempt) *grader.Verdict {
	t.Helper()
	return theBench(t).AssessOn(ex, sandbox.Result{Stop: sandbox.Exited}, harness.Run{Attempts: a, Complete: true})
}
