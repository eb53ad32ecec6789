//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"os/exec"
	"slices"
	"testing"
	"time"

	"manche/grader/sandbox"
)

// BenchmarkStart runs a program that does nothing plain, without walls and
// sandboxed, in turn, and reports the medians and what they are
// above the plain one, in milliseconds.
func BenchmarkStart(b *testing.B) {
	for _, name := range []string{"behave", "behave-race"} {
		b.Run(name, func(b *testing.B) {
			path := program(b, name)
			ways := map[string]func() error{"plain": func() error {
				c := exec.Command(path, "nothing")
				c.Env = benchEnv()
				return c.Run()
			}}
			for tier, box := range tiers(b) {
				ways[tier] = func() error {
					_, err := box.Run(context.Background(), sandbox.Program{Path: path, Args: []string{"nothing"}, Env: benchEnv()})
					return err
				}
			}
			compare(b, ways)
		})
	}
}

func benchEnv() []string { return []string{"GORACE=atexit_sleep_ms=0"} }

func compare(b *testing.B, ways map[string]func() error) {
	took := map[string][]time.Duration{}
	for b.Loop() {
		for way, do := range ways {
			start := time.Now()
			if err := do(); err != nil {
				b.Fatal(way, err)
			}
			took[way] = append(took[way], time.Since(start))
		}
	}
	medians := map[string]float64{}
	for way, d := range took {
		slices.Sort(d)
		medians[way] = float64(d[len(d)/2].Microseconds()) / 1000
		b.ReportMetric(medians[way], way+"-ms")
	}
	for way, ms := range medians {
		if way != "plain" {
			b.ReportMetric(ms-medians["plain"], way+"-more-ms")
		}
	}
	b.ReportMetric(0, "ns/op") // of all ways together: of no use
}
