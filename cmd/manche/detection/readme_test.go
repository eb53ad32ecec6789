package detection_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"manche/cmd/manche/detection"
	"manche/content"
)

const (
	begin = detection.BeginMarker
	end   = detection.EndMarker
)

func TestWriteReadme(t *testing.T) {
	name := filepath.Join(t.TempDir(), "README.md")
	before := "# Title\n\n### Measured\n\n" + begin + "\nold figures\n\n| a | b |\n" + end + "\n\n### Decisions\n\nnot touched"
	if err := os.WriteFile(name, []byte(before), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := detection.CheckReadme(name); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := detection.WriteReadme(name, report(false).Markdown(voice(t, content.EN))); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "README.md", string(raw))
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
		if got, err := detection.Replace(text, "x"); !errors.Is(err, detection.ErrNoMarkers) || got != "" {
			t.Errorf("%q: got %q, %v, want %v", text, got, err, detection.ErrNoMarkers)
		}
		name := filepath.Join(t.TempDir(), "README.md")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := detection.CheckReadme(name); !errors.Is(err, detection.ErrNoMarkers) {
			t.Errorf("%q passes the check: %v", text, err)
		}
		if err := detection.WriteReadme(name, "x"); !errors.Is(err, detection.ErrNoMarkers) {
			t.Errorf("%q is written to: %v", text, err)
		}
		if raw, err := os.ReadFile(name); err != nil || string(raw) != text {
			t.Errorf("%q became %q, %v", text, raw, err)
		}
	}
	if err := detection.CheckReadme(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
