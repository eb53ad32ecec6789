// Package report reads what Go's tools print into typed facts: race reports,
// goroutine dumps, panics and the log of failed checks.
//
// It is pure: text in, values out. The text may come from a program that a
// stranger wrote, be cut anywhere or hold anything; what is not recognised is
// left out, and nothing here ever panics. The forms are those of Go 1.26
// (runtime/traceback.go, runtime/panic.go, testing/testing.go, and
// tsan_report.cpp of the race detector).
package report
