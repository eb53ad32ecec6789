// Package exercises loads the exercises of a course and lists what their
// authors got wrong.
//
// An exercise is a folder of plain files, the bundle:
//
//	<slug>/
//	  exercise.toml             kind, level, the right and the wrong answers
//	  fr.md en.md               brief, hints and explanations
//	  search.go                 the reference solution: an ordinary Go package
//	  search_test.go            the checks, which pass under go test -race too
//	  testdata/starter/         what the learner begins with
//	  testdata/right/<name>/    answers that must be accepted
//	  testdata/wrong/<name>/    answers that must be refused, and for what
//
// The checks must refuse what is wrong, and also every mistake that can be made in
// the reference by leaving one thing out (see manche/grader/proof/mutation). Of
// these, "equivalent" in exercise.toml lists those that are right too, each with
// mutant, file, line and reason.
//
// Where the learner writes the test, kind = "test", the parts change places:
//
//	small.go                  the package to test: the first sound implementation
//	small_test.go             the reference solution: a test
//	testdata/sound/<name>/    more implementations on which every right test passes
//	testdata/broken/<name>/   implementations on which every right test fails
//
// and starter, right and wrong hold tests. All implementations declare the same
// exported names, with the same text, in files of the same names: a test must
// tell them apart by what they do. Nothing of theirs may run before it is called:
// all of them are in one program.
//
// What exercise.toml may say stands in [Schema]. There is no registry: a folder that
// holds an exercise.toml is an exercise.
//
// A line with TODO(author) in any file of the bundle is a gap: what follows says
// what is still to be written there. It is a defect, the only one with which an
// exercise is proven all the same.
//
// What an answer is declared to get, every verdict on it must say: expect are the
// kinds of findings, the first of which comes first; may are kinds that can come
// with them; file and line are the place of the first. In a hunt, which has several
// bugs, lines are the places of those that an answer still has.
//
// # Checks apart
//
// With
//
//	driver = "apart"
//
// in exercise.toml the checks run in a process of their own, and the learner's
// code in another one. They are the same checks, and pass under go test -race as
// others do; but in the place of each exported function of the reference stands
// one that asks the other process, so that a submission which takes its whole
// process over can still do no more than answer, and a wrong answer stays wrong.
// Races, leaks, deadlocks and panics are still looked for in the process with the
// answer, which is the only one that can: there the policy protects them, as it
// does in other exercises.
//
// It suits functions of data. They may take and return basic types, strings,
// time.Duration, error, and slices, arrays, maps and structs with exported fields
// made of those; of an error the text is what arrives. What a function changes in
// its arguments does not. The checks may use nothing else of the reference but its
// types, without methods, and its constants. Calls may be made from several
// goroutines; a message has room for 1 MB. A panic ends the process, so checks
// cannot recover from one. Nothing can be measured in virtual time, so there is no
// concurrent key either. Checks that draw their questions at random keep answers
// from being known beforehand.
package exercises

import "embed"

// FS holds the bundles of the course's own exercises.
//
//go:embed */exercise.toml */*.md */*.go */testdata
var FS embed.FS
