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

// dying are the words that the message of a death begins with.
var dying = []string{"panic: ", "fatal error: "}

// LastPanic reads the message with which a program died, the last one in the
// text, and whether there is one. The time it takes is that of a search from the
// end for a fixed word, since the text may be all that a program can print.
func LastPanic(text string) (Panic, bool) {
	at := lastMessage(text[:lastHeader(text)])
	if at < 0 {
		return Panic{}, false // no stack follows: printed, not died of
	}
	rest := text[at:]
	word, said, _ := strings.Cut(rest, ": ")
	p := Panic{Value: value(said), Fatal: word == "fatal error", Goroutine: Goroutines(rest)[0]}
	p.Goroutine.Frames = origin(p.Goroutine.Frames)
	head, body, _ := strings.Cut(rest, "\n\ngoroutine ")
	own, _, _ := strings.Cut(body, "\n\n")
	p.Text = strings.TrimSpace(head + "\n\ngoroutine " + own)
	return p, true
}

// lastHeader is where the last stack of the text begins, 0 where there is none.
func lastHeader(text string) int {
	for end := len(text); ; {
		at := lastLine(text[:end], "goroutine ")
		if at < 0 {
			return 0
		}
		line, _, _ := strings.Cut(text[at:], "\n")
		if header.MatchString(line) {
			return at
		}
		end = at
	}
}

// lastMessage is where the last message of a death begins, or -1.
func lastMessage(text string) int {
	at := -1
	for _, word := range dying {
		at = max(at, lastLine(text, word))
	}
	return at
}

// lastLine is where the last line begins that begins so, or -1.
func lastLine(text, beginning string) int {
	if at := strings.LastIndex(text, "\n"+beginning); at >= 0 {
		return at + 1
	}
	if strings.HasPrefix(text, beginning) {
		return 0
	}
	return -1
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
