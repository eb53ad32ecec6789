package report

import (
	"regexp"
	"strings"
)

// Panic is the end of a program.
type Panic struct {
	Value     string // as printed
	Fatal     bool   // the runtime's fatal error, which recover cannot catch
	Goroutine Goroutine
	Text      string // from its first line to the end of its goroutine's stack
}

var panicLine = regexp.MustCompile(`(?m)^(panic: |fatal error: )(.*)$`)

// LastPanic reads the message with which a program died, the last one in the
// text, and whether there is one.
func LastPanic(text string) (Panic, bool) {
	all := panicLine.FindAllStringSubmatchIndex(text, -1)
	for i := len(all) - 1; i >= 0; i-- {
		m := all[i]
		rest := text[m[0]:]
		gs := Goroutines(rest)
		if len(gs) == 0 {
			continue
		}
		p := Panic{
			Value:     strings.TrimSuffix(text[m[4]:m[5]], " [recovered, repanicked]"),
			Fatal:     text[m[2]:m[3]] == "fatal error: ",
			Goroutine: gs[0],
		}
		head, _, _ := strings.Cut(rest, "\n\ngoroutine ")
		_, body, _ := strings.Cut(rest, "\n\ngoroutine ")
		own, _, _ := strings.Cut(body, "\n\n")
		p.Text = strings.TrimSpace(head + "\n\ngoroutine " + own)
		return p, true
	}
	return Panic{}, false
}
