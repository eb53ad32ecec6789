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
	headers := header.FindAllStringIndex(text, -1)
	all := panicLine.FindAllStringSubmatchIndex(text, -1)
	for i := len(all) - 1; i >= 0 && len(headers) > 0; i-- {
		m := all[i]
		if m[0] > headers[len(headers)-1][0] {
			continue // no stack follows: printed, not died of
		}
		rest := text[m[0]:]
		p := Panic{
			Value:     value(text[m[4]:]),
			Fatal:     text[m[2]:m[3]] == "fatal error: ",
			Goroutine: Goroutines(rest)[0],
		}
		p.Goroutine.Frames = origin(p.Goroutine.Frames)
		head, body, _ := strings.Cut(rest, "\n\ngoroutine ")
		own, _, _ := strings.Cut(body, "\n\n")
		p.Text = strings.TrimSpace(head + "\n\ngoroutine " + own)
		return p, true
	}
	return Panic{}, false
}

// value reads what was printed for the panic's value, which the text begins with.
// Its further lines are indented, as is each further panic.
func value(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	lines := []string{strings.TrimSuffix(line, " [recovered, repanicked]")}
	for {
		line, rest, _ = strings.Cut(rest, "\n")
		more, indented := strings.CutPrefix(line, "\t")
		if !indented || strings.HasPrefix(more, "panic: ") {
			return strings.Join(lines, "\n")
		}
		lines = append(lines, strings.TrimSuffix(more, " [recovered, repanicked]"))
	}
}

// origin returns the frames of the first of several panics, the one whose value
// comes first in the message: the later ones happened, or it was raised anew, in
// deferred functions, above a frame of the runtime's panic.
func origin(frames []Frame) []Frame {
	for i := len(frames) - 1; i >= 0; i-- {
		if frames[i].Function == "panic" {
			return frames[i+1:]
		}
	}
	return frames
}

// outOfMemory matches the last words of a program that asked for more than it
// may have: Go's (runtime/malloc.go, runtime/mem_linux.go), the race detector's.
var outOfMemory = regexp.MustCompile(`(?m)^fatal error: runtime: (out of memory|cannot allocate memory)|^fatal error: out of memory|ThreadSanitizer:? (failed to allocate|out of memory|internal allocator is out of memory)|ERROR: Failed to mmap`)

// OutOfMemory reports whether the program says that it died for want of memory.
func OutOfMemory(text string) bool { return outOfMemory.MatchString(text) }
