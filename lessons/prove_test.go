package lessons_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"manche/lessons"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scripted says what it was told to of programs in which a word stands.
type scripted struct {
	mu     sync.Mutex
	script map[string][]lessons.Ran
	asked  int
	err    error
}

func (s *scripted) Run(_ context.Context, program string) ([]lessons.Ran, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	for word, trials := range s.script {
		if strings.Contains(program, word) {
			return trials, s.err
		}
	}
	return nil, s.err
}

// program is a runnable block, whose fence is on line 6 of a page and whose main on
// line 9.
func program(info, word, after string) string {
	return "```go run" + info + "\npackage main\n\nfunc main() { " + word + "() }\n```\n" + after
}

// fine and the others are what a trial shows.
var (
	fine    = lessons.Ran{Outputs: []string{"one\ntwo\n", "one\ntwo"}, Said: "passed"}
	silent  = lessons.Ran{Outputs: []string{"\n"}, Said: "passed"}
	varies  = lessons.Ran{Outputs: []string{"one\ntwo", "two\none"}, Said: "passed"}
	races   = lessons.Ran{Found: []lessons.Found{{Kind: "race", Line: 3}, {Kind: "leak", Line: 1}}, Outputs: []string{"one"}, Said: "failed race"}
	nowhere = lessons.Ran{Found: []lessons.Found{{Kind: "resource"}}, Said: "failed resource"}
	refused = lessons.Ran{Refused: true, Found: []lessons.Found{{Kind: "build", Line: 2}}, Said: "refused build"}
)

// proven are programs, what they show, and the defect: line, key and what differs.
var proven = []struct {
	name, body string
	trials     []lessons.Ran
	want       string
}{
	{"ends well", program("", "w", ""), []lessons.Ran{fine, varies}, ""},
	{"prints what the page says", program("", "w", "\n```text\none\ntwo\n```\n"), []lessons.Ran{fine, fine}, ""},
	{"text that is not its output", program("", "w", "\nSo:\n\n```text\nthree\n```\n"), []lessons.Ran{fine}, ""},
	{"code after it", program("", "w", "\n```go\nf()\n```\n"), []lessons.Ran{fine}, ""},
	{"prints something else", program("", "w", "\n```text\none\nthree\n```\n"), []lessons.Ran{fine}, "14 run_output got=two want=three"},
	{"prints more", program("", "w", "\n```text\none\n```\n"), []lessons.Ran{fine}, "14 run_output got=two want="},
	{"prints less", program("", "w", "\n```text\none\ntwo\nthree\n```\n"), []lessons.Ran{fine}, "15 run_output got= want=three"},
	{"prints it now and then", program("", "w", "\n```text\none\ntwo\n```\n"), []lessons.Ran{fine, varies}, "13 run_output got=two want=one"},
	{"prints nothing", program("", "w", ""), []lessons.Ran{fine, silent}, "6 run_silent"},
	{"prints nothing, as the page says", program("", "w", "\n```text\n```\n"), []lessons.Ran{silent}, ""},
	{"does not end well", program("", "w", ""), []lessons.Ran{fine, races, races}, "9 run_found got=failed race n=2 times=3"},
	{"does not end well, nowhere", program("", "w", ""), []lessons.Ran{nowhere, races}, "9 run_found got=failed resource; failed race n=2 times=2"},
	{"is not built", program("", "w", ""), []lessons.Ran{refused}, "8 run_refused got=refused build times=1"},
	{"is not built, whatever is expected", program(" expect=race", "w", ""), []lessons.Ran{refused}, "8 run_refused got=refused build times=1"},
	{"races as announced", program(" expect=race", "w", ""), []lessons.Ran{races, races}, ""},
	{"leaks as announced, and races", program(" expect=leak", "w", "\n```text\nother\n```\n"), []lessons.Ran{races}, ""},
	{"does not race", program(" expect=race", "w", ""), []lessons.Ran{races, fine}, "6 run_missing got=passed n=1 want=race"},
	{"does something else", program(" expect=deadlock", "w", ""), []lessons.Ran{races}, "6 run_missing got=failed race n=1 want=deadlock"},
	{"in a prediction", predict("- [x] a\n- [ ] b", "```go run\npackage main\n\nfunc main() { w() }\n```\n\n"), []lessons.Ran{silent}, "10 run_silent"},
	{"unfit to run", "```go run\nw()\n```\n\n> ```go run\n> package main\n>\n> func main() { w() }\n> ```\n", []lessons.Ran{silent}, ""},
}

func TestProve(t *testing.T) {
	for _, tt := range proven {
		t.Run(tt.name, func(t *testing.T) {
			course, _ := pair(t, page(tt.body), page("Nothing.\n"))
			defects, err := course.Prove(t.Context(), &scripted{script: map[string][]lessons.Ran{"w()": tt.trials}}, 2)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" && len(defects) == 0 {
				return
			}
			if len(defects) != 1 {
				t.Fatalf("defects %v, want one", defects)
			}
			d := defects[0]
			got := fmt.Sprintf("%d %s", d.Line, d.Key[len("lesson."):])
			want := strings.Fields(tt.want)
			for _, name := range []string{"got", "n", "times", "want"} {
				if strings.Contains(tt.want, " "+name+"=") {
					got += " " + name + "=" + d.Params[name]
				}
			}
			if got != strings.Join(want, " ") || d.File != "lessons/01-one/fr.md" {
				t.Errorf("got  %s %s\nwant lessons/01-one/fr.md %s", d.File, got, tt.want)
			}
		})
	}
}

// The programs of both languages run, the defects come in the order of the pages, and
// what goes wrong on the runner's side ends all.
func TestProveAll(t *testing.T) {
	body := program("", "first", "\n"+program("", "second", ""))
	course, defects := load(t, map[string]string{
		"lessons/02-b/fr.md": page(body), "lessons/02-b/en.md": page(body), "lessons/01-a/fr.md": page(body), "lessons/01-a/en.md": page(body),
	})
	if len(defects) > 0 || len(course.Programs()) != 8 {
		t.Fatalf("%d programs, defects %v", len(course.Programs()), short(defects))
	}
	r := &scripted{script: map[string][]lessons.Ran{"first": {silent}, "second": {fine}}}
	defects, err := course.Prove(t.Context(), r, 3)
	if err != nil || r.asked != 8 {
		t.Fatalf("ran %d programs, %v, want 8", r.asked, err)
	}
	want := []string{"lessons/01-a/fr.md:6 run_silent", "lessons/01-a/en.md:6 run_silent", "lessons/02-b/fr.md:6 run_silent", "lessons/02-b/en.md:6 run_silent"}
	if got := short(defects); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := course.Prove(ended, r, 3); !errors.Is(err, context.Canceled) || r.asked != 8 {
		t.Errorf("after its end: ran %d programs more, %v, want none", r.asked-8, err)
	}
	r.err = errors.New("the disk is full")
	if _, err := course.Prove(t.Context(), r, 3); !errors.Is(err, r.err) {
		t.Errorf("got %v, want %v", err, r.err)
	}
}
