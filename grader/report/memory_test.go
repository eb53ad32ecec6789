package report_test

import (
	"testing"

	"manche/grader/report"
)

// Last words as programs really printed them at the bounds of the sandbox.
func TestOutOfMemory(t *testing.T) {
	for _, text := range []string{
		"=== RUN   driver/TestServesManyAtOnce\n==1==ERROR: ThreadSanitizer failed to allocate 0x8000000 (134217728) bytes at address 218008000000 (errno: 12)",
		"FATAL: ThreadSanitizer: internal allocator is out of memory trying to allocate 0x100000 bytes",
		"ERROR: Failed to mmap",
		"fatal error: runtime: out of memory\n\nruntime stack:",
		"fatal error: runtime: cannot allocate memory\n",
		"fatal error: out of memory\n",
	} {
		if !report.OutOfMemory(text) {
			t.Errorf("not seen as out of memory: %q", text)
		}
	}
	for _, text := range []string{"", "we ran out of memory for names", "panic: out of memory", "WARNING: DATA RACE"} {
		if report.OutOfMemory(text) {
			t.Errorf("seen as out of memory: %q", text)
		}
	}
}
