//go:build linux

package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// runs sends a program, and reads its events up to the first of this name, of which
// it returns the data. The program ends with ctx.
func (c *client) runs(ctx context.Context, t *testing.T, src, name string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"files": map[string]string{"main.go": src}})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.open(ctx, http.MethodPost, "/api/v1/run", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	for event := ""; lines.Scan(); {
		if e, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			event = e
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && event == name {
			return data
		}
	}
	t.Fatalf("status %d, and no event %q (%v)", resp.StatusCode, name, lines.Err())
	return ""
}

// What an endless program prints comes while it runs; once its reader has left,
// the next one has its place.
func TestServeRunsPrograms(t *testing.T) {
	c := startServer(t).anybody()
	endless := "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"begun\")\n\tselect {}\n}\n\nfunc init() { go func() { for {} }() }\n"
	if got := c.runs(t.Context(), t, endless, "output"); got != `{"text":"begun"}` {
		t.Errorf("the endless program prints %s", got)
	}
	racing := "package main\n\nimport \"sync\"\n\nfunc main() {\n\tn := 0\n\tvar wg sync.WaitGroup\n\tfor range 2 {\n\t\twg.Go(func() { n++ })\n\t}\n\twg.Wait()\n}\n"
	var r struct {
		Outcome, Stop string
		Verdict       struct {
			Findings []struct {
				Kind string
				Line int
				Text map[string]string
			}
		}
	}
	if err := json.Unmarshal([]byte(c.runs(t.Context(), t, racing, "result")), &r); err != nil {
		t.Fatal(err)
	}
	if r.Outcome != "failed" || r.Stop != "returned" || len(r.Verdict.Findings) == 0 {
		t.Fatalf("the racing program: %+v", r)
	}
	if f := r.Verdict.Findings[0]; f.Kind != "race" || f.Line != 9 || f.Text["fr"] == "" {
		t.Errorf("found was %+v, want a race on line 9", f)
	}
}
