package corpus

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// sink is where all loggers of a family write.
type sink struct {
	mu sync.Mutex
	w  io.Writer
}

// Logger writes lines with fields. A logger does not change: With returns
// another one. It is safe for concurrent use.
type Logger struct {
	out    *sink
	fields map[string]string
}

// NewLogger returns a logger without fields.
func NewLogger(w io.Writer) *Logger {
	return &Logger{out: &sink{w: w}, fields: make(map[string]string)}
}

// With returns a logger that has one more field.
func (l *Logger) With(key, value string) *Logger {
	child := *l
	child.fields = maps.Clone(l.fields)
	child.fields[key] = value
	return &child
}

// Print writes one line, its fields in order.
func (l *Logger) Print(message string) {
	var line strings.Builder
	line.WriteString(message)
	for _, key := range slices.Sorted(maps.Keys(l.fields)) {
		fmt.Fprintf(&line, " %s=%s", key, l.fields[key])
	}
	line.WriteByte('\n')
	l.out.mu.Lock()
	defer l.out.mu.Unlock()
	io.WriteString(l.out.w, line.String())
}
