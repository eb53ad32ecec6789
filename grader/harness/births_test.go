package harness_test

import (
	"strings"
	"testing"
)

// births are declarations and statements, each with what is put in.
const births = `
func called() {}
func worker() {¶}
func ends(int) { called() }
func oneLine() {¶§<-c }
func generic[T any](T) {¶ called() }
func group() error {¶ return nil }
func later() {¶ called() }
func inParallel(n int) {¶ §go inParallel(n - 1);§ }
func again(n int) { §go again(n - 1);§; again(n - 1) }

type server[T any] struct{}

func (server[T]) loop() {¶ called() }
func (*server[T]) value() {¶ called() }
func (server[T]) called() { called() }

func starts(s server[int]) {
	called()
	ends(1)
	§go worker();§
	§go (oneLine)();§
	§go generic[int](1);§
	§go generic("");§
	§g.Go(group)
	time.AfterFunc(1, later)
	§go s.loop();§
	§wg.Go(s.value)
	closure := func() {¶ called() }
	§go closure();§
	var walk func(int)
	walk = func(n int) { §go walk(n);§; walk(n) }
	other := func() { called() }
	other()
}
`

// A goroutine that runs a function with a name is there from that one's first line,
// wherever it is declared. One that calls itself may do so a million times.
func TestBirths(t *testing.T) {
	const head = "package answer\n\nimport (\n\t\"sync\"\n\t\"time\"\n\n\t\"golang.org/x/sync/errgroup\"\n)\n\n" +
		"var (\n\tc  = make(chan int)\n\tg  errgroup.Group\n\twg sync.WaitGroup\n)\n\nfunc Answer() int { return 42 }\n"
	p := put(t, head+bare(births), ignoreYields)
	_, got, _ := strings.Cut(insertions(string(p.Files[answerFile])), "return 42 }\n")
	for i, want := range strings.Split(births, "\n") {
		if line, rest, _ := strings.Cut(got, "\n"); line == want {
			got = rest
		} else {
			t.Fatalf("line %d: got %s, want %s", i, line, want)
		}
	}
	compile(t, p)
}
