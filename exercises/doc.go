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
// There is no registry: a folder that holds an exercise.toml is an exercise.
package exercises

import "embed"

// FS holds the bundles of the course's own exercises.
//
//go:embed */exercise.toml */*.md */*.go */testdata
var FS embed.FS
