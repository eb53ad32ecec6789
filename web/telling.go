package web

import (
	"encoding/json"
	"strings"
	"sync"
	"unicode/utf8"

	"manche/grader"
	"manche/grader/queue"
)

// maxShown is how much of a program's output is shown, in bytes: more than anybody
// reads, and what a slow line carries while the program runs.
const maxShown = 64 << 10

// repeating is a state besides those of submissions: the program has run as it
// stands, and runs again in other orders.
const repeating queue.State = "repeating"

// telling holds what a run has to tell until somebody takes it, so that the
// program never waits for its reader. It is safe for concurrent use; the zero
// value lacks only news.
type telling struct {
	news chan struct{} // has an element when there is something to take

	mu       sync.Mutex // guards what follows
	state    *standing
	output   []byte // not taken yet
	shown    int    // bytes of output that came, at most maxShown
	cut      bool   // there was more
	findings []*grader.Finding
	end      *ending
}

func newTelling() *telling { return &telling{news: make(chan struct{}, 1)} }

// ending is what came of a run, or why nothing did.
type ending struct {
	ran *grader.Ran
	err error
}

// tell changes what there is to tell.
func (t *telling) tell(change func()) {
	t.mu.Lock()
	change()
	t.mu.Unlock()
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// place tells how many run before.
func (t *telling) place(ahead int) {
	t.tell(func() { t.state = &standing{State: queue.Queued, Place: ahead} })
}

// finish tells what came of the run.
func (t *telling) finish(ran *grader.Ran, err error) {
	t.tell(func() { t.end = &ending{ran, err} })
}

// runStates translates how far a run is.
var runStates = map[grader.Stage]queue.State{
	grader.StageChecking: queue.Building, grader.StageBuilding: queue.Building,
	grader.StageRunning: queue.Running, grader.StageRepeating: repeating,
}

// observe takes what the runner tells.
func (t *telling) observe(p grader.Progress) {
	t.tell(func() {
		switch {
		case p.Finding != nil:
			t.findings = append(t.findings, p.Finding)
		case p.Output != "":
			t.print(p.Output)
		default:
			t.state = &standing{State: runStates[p.Stage]}
		}
	})
}

// print keeps of the output what is shown. The caller holds the lock.
func (t *telling) print(text string) {
	room := min(maxShown-t.shown, len(text))
	t.output = append(t.output, text[:room]...)
	t.shown += room
	t.cut = t.cut || room < len(text)
}

// told is what was taken at one time.
type told struct {
	state    *standing
	output   string // UTF-8
	findings []*grader.Finding
	end      *ending
	cut      bool // all the output that is shown has been taken, and there was more
}

// take returns what there is to tell now, and forgets it. The beginning of a
// character waits for its rest.
func (t *telling) take() told {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.output)
	if t.end == nil && t.shown < maxShown {
		n -= unfinished(t.output)
	}
	out := told{state: t.state, output: strings.ToValidUTF8(string(t.output[:n]), "\ufffd"), findings: t.findings, end: t.end, cut: t.cut}
	t.output = append([]byte(nil), t.output[n:]...)
	t.state, t.findings = nil, nil
	return out
}

// unfinished is how many bytes at the end of b are the beginning of a character.
func unfinished(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// textJSON is the data of an "output" event.
type textJSON struct {
	Text string `json:"text"`
}

// raw is a value of strings and numbers as JSON.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil { // cannot happen to such a value
		panic("web: " + err.Error())
	}
	return b
}
