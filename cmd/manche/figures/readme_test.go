package figures_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"manche/cmd/manche/figures"
)

const (
	section = figures.Section("detection")
	begin   = "<!-- detection:begin -->"
	end     = "<!-- detection:end -->"
)

func TestWriteReadme(t *testing.T) {
	name := filepath.Join(t.TempDir(), "README.md")
	before := "# Title\n\n### Measured\n\n" + begin + "\nold figures\n\n| a | b |\n" + end + "\n\n### Decisions\n\nnot touched"
	want := "# Title\n\n### Measured\n\n" + begin + "\nnew figures\n\n| c | d |\n" + end + "\n\n### Decisions\n\nnot touched"
	if err := os.WriteFile(name, []byte(before), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := section.Check(name); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := section.Write(name, "\nnew figures\n\n| c | d |\n"); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(raw); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file has become %v, %v, want the permissions that it had", info.Mode(), err)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("there are %v beside it, %v", entries, err)
	}
}

func TestReadmeWithoutMarkers(t *testing.T) {
	for _, text := range []string{
		"", "no marker", begin, end, end + begin, begin + begin + end, begin + end + end, begin + "a" + end + begin + "b" + end, end + begin + end,
	} {
		if got, err := section.Replace(text, "x"); !errors.Is(err, figures.ErrNoMarkers) || got != "" {
			t.Errorf("%q: got %q, %v, want %v", text, got, err, figures.ErrNoMarkers)
		}
		name := filepath.Join(t.TempDir(), "README.md")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := section.Check(name); !errors.Is(err, figures.ErrNoMarkers) {
			t.Errorf("%q passes the check: %v", text, err)
		}
		if err := section.Write(name, "x"); !errors.Is(err, figures.ErrNoMarkers) {
			t.Errorf("%q is written to: %v", text, err)
		}
		if raw, err := os.ReadFile(name); err != nil || string(raw) != text {
			t.Errorf("%q became %q, %v", text, raw, err)
		}
	}
	if err := section.Check(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
