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
var logLine = regexp.MustCompile(`^ {4,}([A-Za-z0-9_.-]+_test\.go):([1-9]\d{0,8}): (.*)$`)

// Failures reads what the checks had to say, in order, further lines of a
// message with it.
func Failures(text string) []Failure {
	var all []Failure
	var message []string // of the last one
	end := func() {
		if len(message) > 0 {
			all[len(all)-1].Message = strings.Join(message, "\n")
		}
		message = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if m := logLine.FindStringSubmatch(line); m != nil {
			end()
			n, _ := strconv.Atoi(m[2]) // nine digits fit
			all, message = append(all, Failure{File: m[1], Line: n}), []string{m[3]}
		} else if more, indented := strings.CutPrefix(line, "        "); indented && len(message) > 0 {
			message = append(message, more)
		} else {
			end()
		}
	}
	end()
	return all
}
