package grader

import (
	"slices"
	"strconv"

	"manche/grader/harness/wire"
	"manche/grader/report"
	"manche/grader/source"
)

// waiter is a goroutine that cannot go on.
type waiter struct {
	Goroutine
	hand
	seen report.Goroutine
	// passedBy says that it wants to read what is only read, and waits because
	// a writer came before it.
	passedBy bool
	before   bool // it was there before the check
}

// upgrades reports whether it wants to write what it holds for reading.
func (w waiter) upgrades() bool {
	return w.wants != nil && slices.ContainsFunc(w.has, func(h wire.Hold) bool { return h.Lock == w.wants.Lock && !h.Write })
}

// chain puts the list in the order in which one waits for the next, and numbers
// whom each waits for. It begins in a ring if there is one, and otherwise with
// the first one of the list.
func (j *judgement) chain(list []waiter) []waiter {
	next := make([]int, len(list))
	for i := range list {
		next[i] = j.waitsFor(list, i)
	}
	order := follow(next, 0)
	for i := range next {
		if path := follow(next, i); next[path[len(path)-1]] == i {
			order = path
			break
		}
	}
	for i := range list {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	sorted := make([]waiter, len(list))
	for at, i := range order {
		sorted[at] = list[i]
		if next[i] >= 0 {
			sorted[at].WaitsFor = slices.Index(order, next[i]) + 1
		}
	}
	return sorted
}

// follow is the path from i on, until it ends or comes back.
func follow(next []int, i int) []int {
	var path []int
	for ; i >= 0 && i < len(next) && !slices.Contains(path, i); i = next[i] {
		path = append(path, i)
	}
	return path
}

// waitsFor is whom the i-th of the list waits for, or -1.
func (j *judgement) waitsFor(list []waiter, i int) int {
	w := &list[i]
	switch {
	case w.wants != nil:
		return lockedBy(list, i)
	case w.Does == "wait", w.Does == "send", w.Does == "receive":
		op, ok := j.text().At(w.At.File, w.At.Line, source.Kind(w.Does))
		if !ok {
			return -1
		}
		return slices.IndexFunc(list, func(o waiter) bool { return o.seen.ID != w.seen.ID && j.comes(op, o) })
	}
	return -1
}

// lockedBy is who has the lock that the i-th wants, itself before others, or the
// writer that a reader may not pass, or -1.
func lockedBy(list []waiter, i int) int {
	w := &list[i]
	has := func(o waiter) bool {
		return slices.ContainsFunc(o.has, func(h wire.Hold) bool { return h.Lock == w.wants.Lock && (h.Write || w.wants.Write) })
	}
	if has(*w) {
		return i
	}
	holder := slices.IndexFunc(list, has)
	if holder >= 0 || w.wants.Write {
		return holder
	}
	writer := slices.IndexFunc(list, func(o waiter) bool { return o.wants != nil && o.wants.Lock == w.wants.Lock && o.wants.Write })
	w.passedBy = writer >= 0
	return writer
}

// comes reports whether the other goroutine is the one that should have come to
// an operation: the text of what it runs has the other side of it.
func (j *judgement) comes(op source.Operation, other waiter) bool {
	text := j.text()
	var sides []source.Operation
	switch op.Kind {
	case source.Wait:
		if start, ok := j.startOf(other.seen); ok && text.Counts(op, start) {
			return true
		}
		sides = text.All(op, source.Done)
	case source.Send:
		sides = text.All(op, source.Receive)
	case source.Receive:
		sides = append(text.All(op, source.Send), text.All(op, source.Close)...)
	}
	return slices.ContainsFunc(sides, func(s source.Operation) bool {
		return slices.ContainsFunc(other.seen.Frames, func(f report.Frame) bool { return text.Together(s, f.File, f.Line) })
	})
}

// ringOf is the ring that a chain begins with, nil if it does not.
func ringOf(list []waiter) []waiter {
	for i, w := range list {
		if w.WaitsFor == 1 {
			return list[:i+1]
		}
		if w.WaitsFor != i+2 {
			break
		}
	}
	return nil
}

// readerParams are those of the sentence on a reader that reads again behind a
// writer; nil where that is not what the two of a ring do.
func readerParams(ring []waiter) map[string]string {
	i := slices.IndexFunc(ring, func(w waiter) bool { return w.passedBy && len(w.has) > 0 })
	if i < 0 {
		return nil
	}
	reader, writer := ring[i], ring[1-i]
	return map[string]string{"held": lastHeld(reader), "again": strconv.Itoa(reader.At.Line), "writer": strconv.Itoa(writer.At.Line)}
}

// lastHeld is the line where the goroutine took the latest lock in its hands; ""
// if it has none.
func lastHeld(w waiter) string {
	if len(w.has) == 0 {
		return ""
	}
	return strconv.Itoa(site(w.has[len(w.has)-1].Site).Line)
}
