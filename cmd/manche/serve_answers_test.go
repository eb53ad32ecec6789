//go:build linux

package main_test

import (
	"bytes"
	"fmt"
	"maps"
	"testing"

	"manche/exercises"
)

// bundle returns the exercise of these tests.
func bundle(t testing.TB) *exercises.Exercise {
	t.Helper()
	catalog, defects, err := exercises.Load(exercises.FS)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading the exercises: %v, %v", err, defects)
	}
	ex, ok := catalog.Lookup("fix-the-leak")
	if !ok {
		t.Fatal("the course has no exercise fix-the-leak")
	}
	return ex
}

// distinct returns the files with a comment that makes them a submission of
// their own.
func distinct(files exercises.Files, mark string) exercises.Files {
	copied := maps.Clone(files)
	for name, src := range copied {
		copied[name] = append(bytes.Clone(src), "\n// "+mark+"\n"...)
	}
	return copied
}

// hanging is an answer that never comes to an end by itself, and does not let
// the checks begin.
func hanging() exercises.Files {
	return answer("", "func init() {\n\tfor {\n\t}\n}\n", "return lookup(), nil")
}

// answer makes a search.go of imports, declarations and the body of Search.
func answer(imports, declarations, body string) exercises.Files {
	return exercises.Files{"search.go": []byte(fmt.Sprintf(`package search

import (
	"errors"
%s	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

%s
func Search(limit time.Duration, lookup func() int) (int, error) {
	%s
}
`, imports, declarations, body))}
}
