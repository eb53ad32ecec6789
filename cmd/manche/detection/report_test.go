package detection_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"manche/cmd/manche/detection"
	"manche/cmd/manche/figures"
	"manche/content"
	"manche/grader/proof"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func voice(t *testing.T, lang content.Lang) content.Voice {
	t.Helper()
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return messages.In(lang)
}

// golden holds text against a golden file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func trials(program string, series proof.Series, n, hits, placed int) []proof.Trial {
	list := make([]proof.Trial, n)
	for i := range list {
		list[i] = proof.Trial{Program: program, Series: series, Caught: i < hits, Placed: i < placed, Outcome: "failed", Runs: 5 + i, Millis: int64(300 + 100*i)}
	}
	return list
}

// report is one of three programs, one of which the grader does badly on.
func report(busy bool) *detection.Report {
	var programs []proof.Program
	var made []proof.Trial
	for i, name := range []string{"ab-ba-shelf", "channel-lost", "channel-and-lock-pool"} {
		programs = append(programs, proof.Program{Name: name, Kind: "leak"})
		made = append(made, trials(name, proof.Broken, 4, 4-i%2, 4-2*(i%2))...)
		made = append(made, trials(name, proof.Sound, 3, i/2, 0)...)
		made = append(made, trials(name, proof.Plain, 5, i, 0)...)
	}
	return detection.NewReport(detection.Setting{Busy: busy, Repetitions: 20, Setting: figures.Setting{
		Date: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), Commit: "abc1234+changes", Toolchain: "go1.26.8",
		Machine: figures.Machine{CPU: "Some CPU @ 2 GHz", Cores: 2, System: "linux/amd64"},
		Command: "go run ./cmd/manche bench detection --broken 4",
	}}, programs, made)
}

func TestMarkdown(t *testing.T) {
	golden(t, "report.en.md", report(false).Markdown(voice(t, content.EN)))
	golden(t, "report.fr.md", report(true).Markdown(voice(t, content.FR)))
	empty := detection.NewReport(detection.Setting{}, []proof.Program{{Name: "a-b"}}, nil)
	golden(t, "empty.en.md", empty.Markdown(voice(t, content.EN)))
	if empty.Met() || report(false).Met() {
		t.Error("limits were missed, and the report says that all is met")
	}
}

func TestReportAsJSON(t *testing.T) {
	raw, err := json.MarshalIndent(report(false), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", string(raw)+"\n")
}

func TestReportIsMet(t *testing.T) {
	programs := []proof.Program{{Name: "a-b"}}
	made := append(trials("a-b", proof.Broken, 2, 2, 2), trials("a-b", proof.Sound, 2, 0, 0)...)
	r := detection.NewReport(detection.Setting{}, programs, append(made, trials("a-b", proof.Plain, 2, 1, 0)...))
	if !r.Met() {
		t.Errorf("not met: %+v", r.Bars)
	}
}
