package measure_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/measure"
	"manche/content"
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

// row is one with ratios to a go test of 1000 ms, and one of 400 ms.
func row(answer, way string, ms float64) measure.Row {
	return measure.Row{Answer: answer, Way: way, Median: ms, Min: ms - 10, Rounds: 15, OfGoTest: ms / 1000, OfTuned: ms / 400}
}

// results are figures of which some reach their targets.
func results() *measure.Results {
	return &measure.Results{
		Exercises: []measure.Times{{
			Exercise: "fix-the-leak",
			Rows: []measure.Row{
				row("passing", "go_test", 1000), row("passing", "tuned", 400), row("passing", "final", 300), row("passing", "once", 200),
				row("passing", "ahead", 120), row("passing", "process", 240),
				row("starter", "go_test", 1000), row("starter", "tuned", 400), row("starter", "remark", 30), row("starter", "first", 150.4),
				row("starter", "final", 160), row("starter", "ahead_first", 61), row("starter", "ahead", 70), row("starter", "process", 290),
			},
			Stages: []measure.Row{{Answer: "passing", Way: "check", Median: 1}, {Answer: "passing", Way: "rest", Median: 2}, {Answer: "starter", Way: "run", Median: 60}},
		}},
		Rates: []measure.Rate{
			{Way: "tuned", Workers: 1, Verdicts: 20, PerSecond: 2.5, CPUSeconds: 0.5}, {Way: "tuned", Workers: 2, Verdicts: 20, PerSecond: 3, CPUSeconds: 0.5},
			{Way: "final", Workers: 1, Verdicts: 20, PerSecond: 4, CPUSeconds: 0.25}, {Way: "final", Workers: 2, Verdicts: 20, PerSecond: 5.9},
			{Way: "once", Workers: 2, Verdicts: 20, PerSecond: 6},
		},
		Memory: measure.Memory{Peak: 91_200_000, Idle: 75_000_000, Own: 32_000_000},
		Walls:  measure.Walls{Plain: 14.06, Walled: 17.5, Unexpected: 21.5, Runs: 150},
		Server: measure.Server{
			Resubmitted: 1.234, Resubmission: 100, Cancelled: 12.3, CancelledMax: 50.7, Cancels: 10,
			Least: 100_000_000, Later: 100_000_000, Verdicts: 1,
		},
	}
}

// reportOn is a report on results.
func reportOn(r *measure.Results) *measure.Report {
	return measure.NewReport(measure.Setting{Tier: "A", Load: "0.35", Rounds: 15, Setting: figures.Setting{
		Date: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), Commit: "abc1234", Toolchain: "go1.26.8",
		Machine: figures.Machine{CPU: "Some CPU @ 2 GHz", Cores: 2, System: "linux/amd64"}, Command: "go run ./cmd/manche bench",
	}}, r)
}

func TestMarkdown(t *testing.T) {
	r := results()
	golden(t, "report.en.md", reportOn(r).Markdown(voice(t, content.EN)))
	r.Cold = &measure.Cold{Seconds: 31.26, Size: 60_000_000}
	r.Server.Later += 21_000_000
	golden(t, "report.fr.md", reportOn(r).Markdown(voice(t, content.FR)))
	golden(t, "empty.en.md", measure.NewReport(measure.Setting{}, new(measure.Results)).Markdown(voice(t, content.EN)))
}

func TestReportAsJSON(t *testing.T) {
	raw, err := json.MarshalIndent(reportOn(results()), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", string(raw)+"\n")
}

func TestTargets(t *testing.T) {
	met := func(r *measure.Results) []string {
		var names []string
		for _, target := range r.Targets() {
			if target.Met {
				names = append(names, target.Name)
			}
		}
		return names
	}
	want := []string{"remark_of_go_test", "remark_of_tuned", "first_of_tuned", "final_of_tuned", "process_of_go_test", "process_of_tuned", "cpu_of_tuned", "rate_once_of_tuned", "resubmitted", "walls", "peak", "growth"}
	r := results()
	if got := met(r); !slices.Equal(got, want) {
		t.Errorf("met are %v, want %v", got, want)
	}
	if reportOn(r).Met() {
		t.Error("some were missed, and the report says that all are met")
	}
	r.Exercises[0].Rows = nil
	r.Rates = nil
	r.Server = measure.Server{}
	r.Memory.Peak = 0
	r.Walls = measure.Walls{}
	if got := met(r); len(got) > 0 {
		t.Errorf("nothing was measured, and met are %v", got)
	}
}
