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

// BenchmarkStart runs a program that does nothing plain, without walls, sandboxed,
// and sandboxed behind a stage that has waited, in turn, and reports the medians and
// what they are above the plain one, in milliseconds.
func BenchmarkStart(b *testing.B) {
	for _, name := range []string{"behave", "behave-race"} {
		b.Run(name, func(b *testing.B) {
			path := program(b, name)
			ways := map[string]way{"plain": {run: func() error {
				c := exec.Command(path, "nothing")
				c.Env = benchEnv()
				return c.Run()
			}}}
			for tier, box := range tiers(b) {
				run := func() error {
					_, err := box.Run(context.Background(), sandbox.Program{Path: path, Args: []string{"nothing"}, Env: benchEnv()})
					return err
				}
				ways[tier] = way{run: run}
				if box.Expecting() {
					ways[tier+"-ahead"] = way{func() { box.Expect(1); box.Await() }, run}
				}
			}
			compare(b, ways)
		})
	}
}

func benchEnv() []string { return []string{"GORACE=atexit_sleep_ms=0"} }

// way is what is measured, and what comes before it.
type way struct {
	before func() // may be nil
	run    func() error
}

func compare(b *testing.B, ways map[string]way) {
	took := map[string][]time.Duration{}
	for b.Loop() {
		for name, way := range ways {
			if way.before != nil {
				way.before()
			}
			start := time.Now()
			if err := way.run(); err != nil {
				b.Fatal(name, err)
			}
			took[name] = append(took[name], time.Since(start))
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
