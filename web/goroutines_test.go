package web_test

import (
	"regexp"
	"strings"
	"testing"

	"manche/grader"
)

// told submits the starter, has it judged with one finding in place of its own,
// and returns the verdict's fragment.
func told(t *testing.T, lang string, f grader.Finding) string {
	t.Helper()
	s := open(t)
	v := failed()
	f.Text, f.Severity = map[string]string{"fr": "Constat, ligne 16.", "en": "Found, line 16."}, grader.SeverityError
	v.Findings = []grader.Finding{f}
	s.judging(t, always(v))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	return s.get(t, "/"+lang+"/submissions/"+id+"?fragment=1").body
}

// at is a goroutine on a line of the starter.
func at(line int, does string, waitsFor int) grader.Goroutine {
	return grader.Goroutine{
		Does: does, At: grader.Place{File: "search.go", Line: line}, Count: 1, WaitsFor: waitsFor,
		Text: map[string]string{"fr": does + " en français.", "en": does + " in English."},
	}
}

// The two sides of a race stand next to each other, each with its lines, and
// the line of the finding is not quoted a third time.
func TestSidesOfARace(t *testing.T) {
	got := told(t, "en", grader.Finding{
		Kind: grader.KindRace, Axis: grader.RaceFree, Key: "race.read_write", Place: grader.Place{File: "search.go", Line: 16},
		Goroutines: []grader.Goroutine{at(16, "write", 0), at(20, "read", 0)},
	})
	order := regexp.MustCompile(`(?s)<ul class="sides">.*Written here.*search.go:16.*<mark.*>16<.*write in English.*Read here.*search.go:20.*<mark.*>20<.*read in English.*</ul>`)
	if !order.MatchString(got) {
		t.Errorf("the sides are not side by side:\n%s", got)
	}
	if n := strings.Count(got, `<pre class="quote"`); n != 2 {
		t.Errorf("%d quotations, want one of each side", n)
	}
}

// Where both sides stand on one line, it is quoted once.
func TestSidesOnOneLine(t *testing.T) {
	got := told(t, "fr", grader.Finding{
		Kind: grader.KindRace, Axis: grader.RaceFree, Key: "race.same_line", Place: grader.Place{File: "search.go", Line: 16},
		Goroutines: []grader.Goroutine{at(16, "write", 0), at(16, "read", 0)},
	})
	if n := strings.Count(got, `<pre class="quote"`); n != 1 {
		t.Errorf("%d quotations of one line, want 1", n)
	}
	if !strings.Contains(got, `<ul class="goroutines">`) || !strings.Contains(got, "read en français.") {
		t.Error("the goroutines are not listed")
	}
}

// Who waits for whom is told by numbers, and no line is quoted twice.
func TestChainOfWaiting(t *testing.T) {
	for key, arrow := range map[string]string{"deadlock.send_left": "waits for goroutine\u00a02", "deadlock.order": "would wait for goroutine\u00a02"} {
		got := told(t, "en", grader.Finding{
			Kind: grader.KindDeadlock, Axis: grader.Terminates, Key: key, Place: grader.Place{File: "search.go", Line: 16},
			Goroutines: []grader.Goroutine{at(16, "send", 2), at(20, "wait", 1), at(16, "send", 2), at(20, "wait", 1)},
		})
		if n := strings.Count(got, `<p class="waits">`+arrow+`<`); n != 2 {
			t.Errorf("%s: %q stands %d times, want 2", key, arrow, n)
		}
		if !strings.Contains(got, `<ol class="goroutines">`) {
			t.Errorf("%s: the goroutines have no numbers", key)
		}
		if n := strings.Count(got, `<pre class="quote"`); n != 2 {
			t.Errorf("%s: %d quotations of two lines", key, n)
		}
	}
}

// What is not known for one reason is told once, and a number stays with its word.
func TestReasonsAndLines(t *testing.T) {
	s := open(t)
	v := failed()
	v.Axes[grader.Terminates] = v.Axes[grader.RaceFree]
	v.Findings[0].Text = map[string]string{"fr": "À la ligne 16, l'`Unlock` manque.", "en": "At line 16, `f`'s lock is kept."}
	s.judging(t, always(v))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	for lang, wants := range map[string][]string{
		"fr": {"Sans data race, se termine\u00a0: ", "À la ligne\u00a016, l’<code>Unlock</code> manque."},
		"en": {"No data race, terminates: ", "At line\u00a016, <code>f</code>’s lock is kept."},
	} {
		got := s.get(t, "/"+lang+"/submissions/"+id+"?fragment=1").body
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
	}
}
