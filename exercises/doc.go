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
// There is no registry: a folder that holds an exercise.toml is an exercise.
//
// What an answer is declared to get, every verdict on it must say: expect are the
// kinds of findings, the first of which comes first; may are kinds that can come
// with them; file and line are the place of the first. In a hunt, which has several
// bugs, lines are the places of those that an answer still has.
package exercises

import "embed"

// FS holds the bundles of the course's own exercises.
//
//go:embed */exercise.toml */*.md */*.go */testdata
var FS embed.FS
