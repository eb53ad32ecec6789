package report

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Frame is one call on a stack.
type Frame struct {
	Function string // as the tool prints it, without arguments
	File     string // base name
	Line     int
}

var (
	// position matches the second line of a frame, in all tools alike; where
	// the runtime itself gives up, it adds the frame's registers.
	position = regexp.MustCompile(`^\s+(\S.*?):([1-9]\d*)(?: \+0x[0-9a-f]+)?(?: fp=\S+ sp=\S+ pc=\S+)?\s*$`)
	// elided stands for frames that the runtime leaves out of a long stack.
	elided = regexp.MustCompile(`^\.\.\.(?:\d+|additional) frames elided\.\.\.$`)
)

// parseFrames reads pairs of lines, a function and its position, until the form
// changes, and returns the lines that are left.
func parseFrames(lines []string) ([]Frame, []string) {
	var frames []Frame
	for len(lines) >= 2 {
		if elided.MatchString(lines[0]) {
			lines = lines[1:]
			continue
		}
		at := position.FindStringSubmatch(lines[1])
		if at == nil || strings.TrimSpace(lines[0]) == "" || strings.HasPrefix(lines[0], "created by ") {
			break
		}
		n, err := strconv.Atoi(at[2])
		if err != nil {
			break
		}
		frames = append(frames, Frame{Function: function(lines[0]), File: path.Base(at[1]), Line: n})
		lines = lines[2:]
	}
	return frames, lines
}

// function takes the arguments off a printed call: "main.f(0x1, {0x2, 0x3})",
// "main.(*T).m(...)".
func function(line string) string {
	name := strings.TrimSpace(line)
	if !strings.HasSuffix(name, ")") {
		return name
	}
	depth := 0
	for i := len(name) - 1; i >= 0; i-- {
		switch name[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return name[:i]
			}
		}
	}
	return name
}

// Bare takes the type arguments out of a function's name: what the tools print
// for them, "[...]" or "[go.shape.int]", is not what its author wrote.
func Bare(function string) string {
	var b strings.Builder
	depth := 0
	for _, r := range function {
		switch {
		case r == '[':
			depth++
		case r == ']' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// First returns the innermost frame in one of the files, and whether there is
// one.
func First(frames []Frame, files func(string) bool) (Frame, bool) {
	for _, f := range frames {
		if files(f.File) {
			return f, true
		}
	}
	return Frame{}, false
}
