package harness_test

import (
	"bytes"
	"os"
	"testing"
)

// usesIdiomatic calls what the policy's example of idiomatic Go offers.
const usesIdiomatic = `package answer

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"
)

func TestCache(t *testing.T) {
	var c Cache[string, int]
	if v, err := c.Get("a", func() (int, error) { return 1, nil }); v != 1 || err != nil {
		t.Error(v, err)
	}
	for k, v := range c.All() {
		t.Log(k, v)
	}
}

func TestPipeline(t *testing.T) {
	in := make(chan string, 2)
	in <- "one"
	in <- "three"
	close(in)
	out, wait := Pipeline(context.Background(), in, 2)
	if n := <-out + <-out; n != 8 {
		t.Error(n)
	}
	if err := wait(); err != nil {
		t.Error(err)
	}
}

func TestText(t *testing.T) {
	if n, err := Count(strings.NewReader("a\nb\na\n"), os.Stdout); n != 3 || err != nil {
		t.Error(n, err)
	}
	if n := Order(7); len(n) != 4 {
		t.Error(n)
	}
	Log(os.Stderr, io.EOF)
	Log(os.Stderr, &temporary{time.Hour})
	slog.Warn("logged")
}

func TestFiles(t *testing.T) {
	name := t.TempDir() + "/f"
	if err := os.WriteFile(name, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); string(got) != "kept" || err != nil {
		t.Error(got, err)
	}
}
`

// What the policy accepts runs behind the walls, and so does what the checks of
// an exercise may do besides.
func TestIdiomaticUseRuns(t *testing.T) {
	src, err := os.ReadFile("../policy/testdata/idiomatic.go")
	if err != nil {
		t.Fatal(err)
	}
	answer := bytes.Replace(src, []byte("package idiomatic"), []byte("package answer"), 1)
	r := judge(t, string(answer), usesIdiomatic)
	if names := failed(r); len(names) > 0 || len(r.Attempts) != 4 {
		t.Errorf("%d attempts, failed %v, want 4 and none: %+v", len(r.Attempts), names, r.Attempts)
	}
}
