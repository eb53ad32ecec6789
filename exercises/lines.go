package exercises

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines are the lines of a TOML document at which its keys stand, by their
// path: "level", "starter.expect", and "right.0.name" for the first of several
// tables. A table's own line is that of its header.
type keyLines map[string]int

// at returns the line of a path or, where it does not stand, of the table that it
// is missing from; at the top, 1.
func (k keyLines) at(path string) int {
	for {
		if line, ok := k[path]; ok {
			return line
		}
		end := strings.LastIndex(path, ".")
		if end < 0 {
			return 1
		}
		path = path[:end]
	}
}

// linesOf reads a document as far as it can be read.
func linesOf(src []byte) keyLines {
	l := liner{lines: make(keyLines), count: make(map[string]int)}
	l.parser.Reset(src)
	within := ""
	for l.parser.NextExpression() {
		e := l.parser.Expression()
		switch e.Kind {
		case unstable.Table:
			within = l.note("", e.Key())
		case unstable.ArrayTable:
			within = l.note("", e.Key())
			within = l.element(within, l.lines[within])
		case unstable.KeyValue:
			l.pair(within, e)
		}
	}
	return l.lines
}

// liner notes lines as it meets keys.
type liner struct {
	parser unstable.Parser
	lines  keyLines
	count  map[string]int // elements so far of an array of tables
}

// note notes the line of a key below a path, and returns the path of the key.
func (l *liner) note(within string, key unstable.Iterator) string {
	path := strings.Split(within, ".")
	line := 0
	for key.Next() {
		path = append(path, string(key.Node().Data))
		line = l.parser.Shape(key.Node().Raw).Start.Line
	}
	name := strings.TrimPrefix(strings.Join(path, "."), ".")
	l.lines[name] = line
	return name
}

// element notes the line of one more element of an array, and returns its path.
func (l *liner) element(array string, line int) string {
	name := array + "." + strconv.Itoa(l.count[array])
	l.count[array]++
	l.lines[name] = line
	return name
}

// pair notes the line of a key, and those of the tables that are its value.
func (l *liner) pair(within string, e *unstable.Node) {
	l.value(l.note(within, e.Key()), e.Value())
}

func (l *liner) value(name string, v *unstable.Node) {
	for items := v.Children(); v.Kind == unstable.InlineTable && items.Next(); {
		l.pair(name, items.Node())
	}
	for items := v.Children(); v.Kind == unstable.Array && items.Next(); {
		if item := items.Node(); item.Kind == unstable.InlineTable {
			l.value(l.element(name, l.lines[name]), item)
		}
	}
}
