package grader

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// speaker has the sentences; content.Messages is one.
type speaker interface {
	// Both returns the sentence of a key in every language. Parts are parameters
	// that are words themselves: name -> language -> text.
	Both(key string, params map[string]string, parts map[string]map[string]string) (map[string]string, error)
}

// Speak fills in the sentences of the findings and of their goroutines from
// their keys and parameters. It fails where a sentence is missing, and then
// leaves the verdict half spoken.
func (v *Verdict) Speak(s speaker) error {
	for i := range v.Findings {
		if err := v.Findings[i].Speak(s); err != nil {
			return fmt.Errorf("putting the finding %q into words: %w", v.Findings[i].Key, err)
		}
	}
	return nil
}

// Speak fills in the sentences of one finding. Its sentence may name the first two
// goroutines, as {who} and {other_who}, and what they are at, as {on} and {other_on}.
func (f *Finding) Speak(s speaker) error {
	parts := make(map[string]map[string]string)
	for i, prefix := range []string{"", "other_"} {
		if i >= len(f.Goroutines) {
			break
		}
		own, err := f.Goroutines[i].parts(s, f.File)
		if err != nil {
			return err
		}
		if i > 0 && maps.Equal(own["who"], parts["who"]) {
			if own["who"], err = f.Goroutines[i].another(s); err != nil {
				return err
			}
		}
		for name, texts := range own {
			parts[prefix+name] = texts
		}
	}
	for i := range f.Goroutines {
		if err := f.sayGoroutine(s, i); err != nil {
			return err
		}
	}
	text, err := s.Both("finding."+f.Key, f.spoken(), parts)
	f.Text = text
	return err
}

// oneUnit matches a time as Go writes it, where one unit is enough.
var oneUnit = regexp.MustCompile(`\b([0-9.]+)(ns|µs|ms|s)\b`)

// spoken are the parameters as a sentence has them: a measured time stands apart
// from its unit in both languages, and no line ends between the two.
func (f *Finding) spoken() map[string]string {
	if f.Key != "test.sequential" {
		return f.Params
	}
	out := make(map[string]string, len(f.Params))
	for name, value := range f.Params {
		out[name] = strings.ReplaceAll(oneUnit.ReplaceAllString(value, "$1\u00a0$2"), " × ", "\u00a0×\u00a0")
	}
	return out
}

// parts are the words for one goroutine and for what it is at, in a finding that
// stands in file.
func (g Goroutine) parts(s speaker, file string) (map[string]map[string]string, error) {
	who, err := g.who(s, file)
	if err != nil {
		return nil, err
	}
	parts := map[string]map[string]string{"who": who}
	parts["on"], err = thing(s, g.Does, g.On)
	return parts, err
}

// who calls a goroutine by what it does.
func (g Goroutine) who(s speaker, file string) (map[string]string, error) {
	params := map[string]string{"line": inFile(g.Created, cmp.Or(file, g.Created.File)), "runs": g.Runs, "function": plainName(g.Function)}
	switch {
	case g.Created.Line > 0 && g.Runs != "":
		return s.Both("goroutine.runs", params, nil)
	case g.Created.Line > 0:
		return s.Both("goroutine.started", params, nil)
	case params["function"] != "":
		return s.Both("goroutine.in", params, nil)
	}
	return s.Both("goroutine.some", params, nil)
}

// another calls a goroutine that is called like one that was named before.
func (g Goroutine) another(s speaker) (map[string]string, error) {
	if g.Created.Line > 0 {
		return s.Both("goroutine.another", nil, nil)
	}
	return s.Both("goroutine.another_in", nil, nil)
}

// alike reports whether another one is called by the same words.
func (g Goroutine) alike(other Goroutine) bool {
	return g.Created == other.Created && g.Runs == other.Runs && (g.Created.Line > 0 || g.Function == other.Function && g.Function != "")
}

// thing is what a goroutine is at, by its name in the text or in general.
func thing(s speaker, does, on string) (map[string]string, error) {
	key := map[string]string{
		"send": "thing.channel", "receive": "thing.channel", "close": "thing.channel", "use": "thing.channel",
		"read": "thing.variable", "write": "thing.variable", "lock": "thing.lock",
	}[does]
	if key == "thing.lock" && on != "" {
		return s.Both("thing.lock_named", map[string]string{"name": on}, nil)
	}
	texts, err := s.Both(cmp.Or(key, "thing.some"), nil, nil)
	for lang := range texts {
		if on != "" {
			texts[lang] = "`" + on + "`"
		}
	}
	return texts, err
}

// sayGoroutine fills in what the i-th goroutine does, what it holds and whom it
// waits for.
func (f *Finding) sayGoroutine(s speaker, i int) error {
	g := &f.Goroutines[i]
	parts, err := g.parts(s, f.File)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(f.Goroutines[:i], g.alike) {
		if parts["who"], err = g.another(s); err != nil {
			return err
		}
	}
	does, params := g.Does, map[string]string{"line": inFile(g.At, f.File)}
	switch n := len(g.Holds); {
	case g.At.Line == 0:
		does = "elsewhere"
	case n > 0 && g.Does == "lock":
		held := g.Holds[n-1]
		does, params["held"] = "lock_held", inFile(held.At, g.At.File)
		if strings.HasPrefix(f.Key, "deadlock.order") {
			does = "lock_wants" // it did not come to waiting
		} else if held.On == g.On && g.On != "" {
			does = "lock_own"
		}
		if parts["held_on"], err = thing(s, "lock", held.On); err != nil {
			return err
		}
	}
	g.Text, err = s.Both("goroutine.does."+does, params, parts)
	return err
}

// rangeBody ends the name of a loop's body over a function iterator.
var rangeBody = regexp.MustCompile(`-range\d+`)

// plainName is a function's name as its author would say it: without package,
// pointer, type arguments, the number of a literal, and what the compiler wraps
// around the call of a go or defer statement.
func plainName(function string) string {
	name := rangeBody.ReplaceAllString(strings.ReplaceAll(function, "[...]", ""), "")
	for _, inner := range []string{".func", ".deferwrap", ".gowrap"} {
		name, _, _ = strings.Cut(name, inner)
	}
	if i := strings.IndexByte(name, '.'); i >= 0 && !strings.Contains(name[:i], "(") && i < len(name)-1 {
		name = name[i+1:]
	}
	return strings.NewReplacer("(*", "", ")", "").Replace(name)
}
