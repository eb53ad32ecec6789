package report

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Diagnostic is one error of the compiler's.
type Diagnostic struct {
	File         string // base name
	Line, Column int
	Message      string
}

// diagnosticLine matches what the compiler prints: file:line:column: message.
var diagnosticLine = regexp.MustCompile(`^(\S+\.go):([1-9]\d*):([1-9]\d*): (.+)$`)

// Diagnostics reads the compiler's errors, in order. Lines of another form,
// such as the further lines of a message, are left out.
func Diagnostics(text string) []Diagnostic {
	var all []Diagnostic
	for line := range strings.Lines(text) {
		m := diagnosticLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		n, lineErr := strconv.Atoi(m[2])
		column, columnErr := strconv.Atoi(m[3])
		if lineErr == nil && columnErr == nil {
			all = append(all, Diagnostic{File: path.Base(m[1]), Line: n, Column: column, Message: m[4]})
		}
	}
	return all
}
