//go:build !linux

package grader_test

import "testing"

// children has nothing to look at here: only Linux has a sandbox.
func children(*testing.T) []string { return nil }
