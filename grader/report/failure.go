package report

import (
	"regexp"
	"strconv"
	"strings"
)

// Failure is one line that a check logged.
type Failure struct {
	File    string
	Line    int
	Message string
}

// logLine matches what t.Error prints under -test.v: indented file:line: text.
var logLine = regexp.MustCompile(`^ {4,}([A-Za-z0-9_.-]+_test\.go):(\d+): (.*)$`)

// Failures reads what the checks had to say, in order, further lines of a
// message with it.
func Failures(text string) []Failure {
	var all []Failure
	open := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if m := logLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[2])
			all, open = append(all, Failure{File: m[1], Line: n, Message: m[3]}), true
			continue
		}
		more, indented := strings.CutPrefix(line, "        ")
		if open = open && indented; open {
			all[len(all)-1].Message += "\n" + more
		}
	}
	return all
}
