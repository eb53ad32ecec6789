package grader

import (
	"slices"

	"manche/grader/source"
)

// onWaitGroup places the two sides of a race between Add and Wait, and reports
// whether it can. The detector does not show the frames that call them, since
// package sync is compiled without marks; so they are looked for in the text.
func (j *judgement) onWaitGroup(add, wait *Goroutine) bool {
	text := j.text()
	adds := text.Kinds(source.Add)
	if start, ok := text.StartedAt(add.Created.File, add.Created.Line); ok {
		if own := slices.DeleteFunc(slices.Clone(adds), func(op source.Operation) bool { return !text.Inside(op, start) }); len(own) > 0 {
			adds = own
		}
	}
	if len(adds) == 0 {
		return false
	}
	op := adds[0]
	waits := text.All(op, source.Wait)
	if len(waits) == 0 {
		return false
	}
	j.atOperation(add, op, "add")
	j.atOperation(wait, waits[0], "wait")
	return true
}

// atOperation says that a goroutine is at an operation.
func (j *judgement) atOperation(g *Goroutine, op source.Operation, does string) {
	g.At, g.On, g.Does = Place(op.Place), op.On, does
	g.Function = j.runsIn(g.At, g.Function)
}
