package grader_test

import (
	"bytes"
	"maps"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"manche/exercises"
	"manche/grader"
)

// How the typists of [BenchmarkTypists] work: each key is followed by a rest that is
// long enough for the page to ask, as often as it ever does.
const (
	typists   = 20
	betweenMS = 250
)

// BenchmarkTypists measures how long it takes to read code while a class types:
// each learner on an exercise, a file that grows by a line with each request. The
// time of an operation is of no interest; p50 and p95 are of one answer. Ten seconds
// are enough:
//
//	go test -run '^$' -bench Typists -benchtime 40x ./grader
func BenchmarkTypists(b *testing.B) {
	bench := theBench(b)
	all := bench.config.Catalog.(*exercises.Catalog).All()
	for range 2 * runtime.GOMAXPROCS(0) { // so that every importer knows the packages
		for _, ex := range all {
			if _, err := bench.Diagnose(b.Context(), typed(ex, 1)); err != nil {
				b.Fatal(err)
			}
		}
	}
	var mu sync.Mutex
	var took []time.Duration
	var group sync.WaitGroup
	for i := range typists {
		ex := all[i%len(all)]
		group.Go(func() {
			<-time.After(time.Duration(i) * betweenMS * time.Millisecond / typists) // nobody types in step with others
			next := time.NewTicker(betweenMS * time.Millisecond)
			defer next.Stop()
			for n := range b.N {
				<-next.C
				begun := time.Now()
				if _, err := bench.Diagnose(b.Context(), typed(ex, n)); err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(begun))
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*95/100]), "p95-ms")
	b.ReportMetric(ms(took[len(took)-1]), "max-ms")
}

// typed is an answer of which some lines are there so far.
func typed(ex *exercises.Exercise, n int) grader.Submission {
	answers := append([]exercises.Variant{ex.Starter, {Files: ex.Reference}}, ex.Right...)
	files := maps.Clone(answers[n%len(answers)].Files)
	if n%3 == 0 { // what is half written is mostly wrong
		name := ex.Editable[0]
		lines := bytes.SplitAfter(files[name], []byte("\n"))
		files[name] = bytes.Join(lines[:len(lines)-n%len(lines)], nil)
	}
	return grader.Submission{Exercise: ex.Slug, Files: files}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
