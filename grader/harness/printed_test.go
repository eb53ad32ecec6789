package harness_test

import (
	"regexp"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/policy"
)

// whole is a program of its own, and the ending of the names in it.
func whole(t *testing.T) (*harness.Program, string) {
	t.Helper()
	p := harness.Whole{}.Program(new(policy.Package))
	var ending string
	for _, src := range p.Files {
		ending = regexp.MustCompile(`_[a-z2-7]{26}`).FindString(string(src))
	}
	if ending == "" {
		t.Fatal("no name of the program has an ending")
	}
	p.Files["main.go"] = nil // a name that frames may have
	return p, ending
}

// However the output comes, what was told of it piece by piece is in the end what
// is read from the whole.
func TestPrinted(t *testing.T) {
	p, ending := whole(t)
	orders := harness.Orders{Key: []byte("key")}
	first, second := wire.CutLine(orders.Key, 0), wire.CutLine(orders.Key, 1)
	texts := map[string]string{
		"nothing":           "",
		"lines":             "one\ntwo\n",
		"no line end":       "one\ntwo",
		"line ends":         "\n\n\n",
		"a name":            "panic in main" + ending + " and x" + ending + "\nand main" + ending,
		"part of an ending": "a_b" + ending[:20] + "\n" + ending[:5],
		"frames":            "goroutine 1:\n\t/tmp/work/main.go:3 +0x1d\n\t/tmp/work/other.go:3\nx\n /tmp/main.go:4",
		"no frame":          "x /tmp/main.go:3\n main.go:4\n",
		"a long line":       "  " + strings.Repeat("long ", 2000),
		"a cut of others":   "\n" + wire.CutLine(orders.Key, 2) + "\n" + first[:9] + "\n" + second[:9],
		"words":             "\x00é\xff\u202f",
	}
	for name, text := range texts {
		for _, end := range []string{"\n" + second + "\nwhat canaries print\n", ""} {
			output := "before\n" + first + "\n" + text + end
			want := text
			run := p.Read(orders, sent(orders.Key, frames(begin("main"), full())), []byte(output))
			if len(run.Attempts) > 0 {
				want = strings.TrimPrefix(run.Attempts[0].Output, "\n")
				want = strings.TrimSuffix(want, "\n")
			}
			for size := 1; size <= len(output); size = 1 + size*3/2 {
				if got := printed(p, orders, output, size); got != want {
					t.Errorf("%s, by %d bytes: got %q, want %q", name, size, got, want)
				}
			}
		}
	}
}

// printed is what is told of an output that comes in pieces of this size.
func printed(p *harness.Program, orders harness.Orders, output string, size int) string {
	var told strings.Builder
	r := p.Printed(orders)
	for i := 0; i < len(output); i += size {
		told.WriteString(r.Next([]byte(output[i:min(i+size, len(output))])))
	}
	told.WriteString(r.Rest())
	return told.String()
}

// What a program prints is told before it prints more.
func TestPrintedIsToldAtOnce(t *testing.T) {
	p, _ := whole(t)
	orders := harness.Orders{Key: []byte("key")}
	r := p.Printed(orders)
	r.Next([]byte("\n" + wire.CutLine(orders.Key, 0) + "\n"))
	for _, piece := range []struct{ in, want string }{
		{"one", "one"}, {"\n", ""}, {"two\n", "\ntwo"}, {"\n\tan indented line\n", "\n\n\tan indented line"}, {". .", "\n. ."}, {" .", " ."},
	} {
		if got := r.Next([]byte(piece.in)); got != piece.want {
			t.Errorf("of %q %q is told, want %q", piece.in, got, piece.want)
		}
	}
}
