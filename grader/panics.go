package grader

import (
	"maps"
	"regexp"
	"strings"

	"manche/grader/report"
	"manche/grader/source"
)

// panicked reads a panic in the check's own goroutine.
func (j *judgement) panicked(a attempt) Finding {
	var g report.Goroutine
	if gs := report.Goroutines(a.Stack); len(gs) > 0 {
		g = gs[0]
	}
	return j.panics(a.Panic, g, "panic: "+a.Panic)
}

// ofMain matches a panic's value of a type of package main, as the driver and the
// runtime print it: "(*main.T)", "main.T(7)".
var ofMain = regexp.MustCompile(`^(\(\*?)?main\.([\pL_][\pL\p{Nd}_]*[()])`)

// valued gives the type of a panic's value the package name that its author knows.
func (j *judgement) valued(value string) string {
	if j.inPlace {
		return value
	}
	return ofMain.ReplaceAllString(value, "${1}"+j.ex.Package+".$2")
}

// panics is the finding on a goroutine that panics, at its innermost place in
// the code.
func (j *judgement) panics(value string, g report.Goroutine, text string) Finding {
	who := j.goroutine(g, nil)
	who.Does = "panic"
	key, params := panicKey(value), map[string]string{"value": j.valued(value)}
	if op, ok := j.text().At(who.At.File, who.At.Line, panicking[key]); ok {
		who.At, who.On = Place(op.Place), op.On
	}
	if op, ok := j.text().At(who.At.File, who.At.Line, source.Send); ok && key == "panic.send_closed" {
		suffix, lines := j.others(op, j.text().All(op, source.Close))
		if suffix == "_left" {
			key = "panic.send_closed_at"
			maps.Copy(params, lines)
		}
	}
	f := finding(KindPanic, key, who.At, params)
	f.Goroutines, f.Evidence = []Goroutine{who}, text
	return f
}

// panicking are the operations that panic so, by key.
var panicking = map[string]source.Kind{
	"panic.send_closed": source.Send, "panic.close_closed": source.Close, "panic.close_nil": source.Close,
	"panic.unlock": source.Unlock, "panic.waitgroup_reused": source.Wait, "panic.waitgroup_add": source.Add,
}

// panicKeys tells the panics that have a sentence of their own, by the words of
// the runtime (runtime/chan.go, sync/waitgroup.go, internal/runtime/maps).
var panicKeys = []struct{ words, key string }{
	{"send on closed channel", "panic.send_closed"},
	{"close of closed channel", "panic.close_closed"},
	{"close of nil channel", "panic.close_nil"},
	{"sync: negative WaitGroup counter", "panic.negative_counter"},
	{"sync: unlock of unlocked mutex", "panic.unlock"},
	{"sync: Unlock of unlocked RWMutex", "panic.unlock"},
	{"sync: RUnlock of unlocked RWMutex", "panic.unlock"},
	{"concurrent map", "panic.concurrent_map"},
	{"assignment to entry in nil map", "panic.nil_map"},
	{"stack overflow", "panic.stack"},
	{"invalid memory address or nil pointer", "panic.nil_pointer"},
	{"index out of range", "panic.index"},
	{"WaitGroup is reused before previous Wait has returned", "panic.waitgroup_reused"},
	{"WaitGroup misuse: Add called concurrently with Wait", "panic.waitgroup_add"},
}

// panicKey names the sentence for a panic's value.
func panicKey(value string) string {
	for _, k := range panicKeys {
		if strings.Contains(value, k.words) {
			return k.key
		}
	}
	return "panic.other"
}
