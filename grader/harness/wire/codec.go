package wire

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// codec writes values into a line, or reads them from one: a value is ended by a
// tab, and a list begins with its length. Package encoding/json would do, and be
// a twelfth of all that there is to link in a judged program.
type codec struct {
	buf     []byte // written so far, or left to read
	reading bool
	bad     bool // something could not be read
}

// Characters that end a line or a value, and how they stand in one.
const special = "\\\n\t"

var escapes = [...]string{`\\`, `\n`, `\t`}

// text is for any string. What is no UTF-8 is read as U+FFFD, byte by byte.
func (c *codec) text(s *string) {
	if c.raw(s); c.reading && !utf8.ValidString(*s) {
		*s = string([]rune(*s))
	}
}

// raw is for any bytes.
func (c *codec) raw(s *string) {
	if !c.reading {
		rest := *s
		for i := strings.IndexAny(rest, special); i >= 0; i = strings.IndexAny(rest, special) {
			c.buf = append(c.buf, rest[:i]...)
			c.buf = append(c.buf, escapes[strings.IndexByte(special, rest[i])]...)
			rest = rest[i+1:]
		}
		c.buf = append(append(c.buf, rest...), '\t')
		return
	}
	*s = c.plain(c.token())
}

// token takes the next value.
func (c *codec) token() []byte {
	value, rest, ok := bytes.Cut(c.buf, []byte{'\t'})
	c.buf, c.bad = rest, c.bad || !ok
	return value
}

// plain takes the escapes out of a value.
func (c *codec) plain(value []byte) string {
	var b strings.Builder
	for i := bytes.IndexByte(value, '\\'); i >= 0; i = bytes.IndexByte(value, '\\') {
		b.Write(value[:i])
		n := -1
		if i+1 < len(value) {
			n = strings.IndexByte("\\nt", value[i+1])
		}
		if n < 0 {
			c.bad = true
			return ""
		}
		b.WriteByte(special[n])
		value = value[i+2:]
	}
	b.Write(value)
	return b.String()
}

// number is for integers.
func number[T int | int64 | uint64](c *codec, n *T) {
	if !c.reading {
		c.buf = append(strconv.AppendUint(c.buf, uint64(*n), 10), '\t') // in two's complement
		return
	}
	value, err := strconv.ParseUint(string(c.token()), 10, 64)
	*n, c.bad = T(value), c.bad || err != nil
}

// flag is for truth values.
func (c *codec) flag(b *bool) {
	var n int
	if *b {
		n = 1
	}
	number(c, &n)
	*b, c.bad = n == 1, c.bad || n&^1 != 0
}

// list is for what each can write or read, one by one. An empty list is read as
// nil.
func list[T any](c *codec, l *[]T, each func(*codec, *T)) {
	n := len(*l)
	number(c, &n)
	if c.reading {
		if n < 0 || n > len(c.buf) { // each takes a byte at least
			c.bad = true
		}
		if *l = nil; c.bad || n == 0 {
			return
		}
		*l = make([]T, n)
	}
	for i := range *l {
		each(c, &(*l)[i])
	}
}

// done reports whether everything was read.
func (c *codec) done() bool { return !c.bad && len(c.buf) == 0 }

// walk goes through all fields of a frame.
func (f *Frame) walk(c *codec) {
	c.text((*string)(&f.Kind))
	c.text(&f.Check)
	number(c, &f.Repetition)
	c.flag(&f.Failed)
	c.flag(&f.Skipped)
	c.text(&f.Panic)
	c.flag(&f.Goexit)
	c.text(&f.Stack)
	number(c, &f.Races)
	list(c, &f.Known, number[int64])
	c.text(&f.Left)
	list(c, &f.Rings, func(c *codec, ring *[]LockStep) {
		list(c, ring, func(c *codec, s *LockStep) {
			c.text(&s.Holds)
			c.text(&s.Wants)
		})
	})
	c.flag(&f.Settled)
	c.flag(&f.Proven)
	c.flag(&f.Stalled)
	c.flag(&f.Busy)
	list(c, &f.Held, func(c *codec, h *Holder) {
		number(c, &h.Goroutine)
		list(c, &h.Locks, func(c *codec, l *Hold) {
			number(c, &l.Lock)
			c.flag(&l.Write)
			c.text(&l.Site)
		})
	})
}

// walk goes through all fields of orders.
func (o *Orders) walk(c *codec) {
	list(c, &o.Key, func(c *codec, b *byte) {
		n := int(*b)
		number(c, &n)
		*b, c.bad = byte(n), c.bad || n != int(byte(n))
	})
	number(c, &o.First)
	number(c, &o.Repetitions)
	number(c, &o.Least)
	number(c, &o.BudgetMS)
	number(c, &o.CheckMS)
	number(c, &o.WorkMS)
	number(c, &o.SetupMS)
	list(c, &o.Skip, (*codec).text)
	number(c, &o.Seed)
	c.flag(&o.Race)
}

// Encode puts orders into the form that the driver reads.
func (o Orders) Encode() []byte {
	var c codec
	o.walk(&c)
	return c.buf
}

// errNotOrders says that a text is not what Encode makes.
var errNotOrders = errors.New("not readable as orders")

// DecodeOrders reads what Encode made.
func DecodeOrders(raw []byte) (Orders, error) {
	var o Orders
	c := codec{buf: raw, reading: true}
	if o.walk(&c); !c.done() {
		return Orders{}, errNotOrders
	}
	return o, nil
}
