package grader_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// children lists the processes that this one has started and that still are.
func children(t *testing.T) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Fatalf("no processes to be seen: %v", err)
	}
	var list []string
	for _, name := range stats {
		raw, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// proc(5): pid (comm) state ppid …, and comm may hold anything.
		rest := string(raw[strings.LastIndex(string(raw), ")")+1:])
		if fields := strings.Fields(rest); len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			list = append(list, strings.TrimSpace(string(raw)))
		}
	}
	return list
}
