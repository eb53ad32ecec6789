package web_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// maxEditor bounds what an exercise's page loads in scripts before anything is
// compared, as it is sent: a second on a slow telephone. Unit: bytes.
const maxEditor = 135_000

func TestTheEditorIsSmall(t *testing.T) {
	raw, err := os.ReadFile("static/dist/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files map[string]struct{ File string }
	}
	if err := json.Unmarshal(raw, &manifest); err != nil {
		t.Fatal(err)
	}
	s := open(t)
	total, later := 0, 0
	for name, f := range manifest.Files {
		got := s.get(t, "/static/dist/"+f.File, "Accept-Encoding", "br")
		switch {
		case got.status != 200:
			t.Errorf("%s: %d", name, got.status)
		case strings.HasPrefix(name, "diff"):
			later += len(got.body)
		case name != "lesson.js":
			total += len(got.body)
		}
	}
	t.Logf("the editor: %d bytes; the comparison, when it is asked for: %d", total, later)
	if total > maxEditor || later == 0 {
		t.Errorf("the editor is %d bytes, want at most %d and the comparison (%d) apart", total, maxEditor, later)
	}
}
