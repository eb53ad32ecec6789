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
// There is no registry: a folder that holds an exercise.toml is an exercise.
package exercises

import "embed"

// FS holds the bundles of the course's own exercises.
//
//go:embed */exercise.toml */*.md */*.go */testdata
var FS embed.FS
