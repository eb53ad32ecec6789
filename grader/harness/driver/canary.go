package driver

import (
	"runtime"
	"testing"
	"time"

	"manche/grader/harness/wire"
)

// canaries fails on purpose, in every way that the driver must be able to see.
// A program in which one of them passes has been tampered with, or was not
// built as it should be, and nothing that it reports is believed.
func (s *session) canaries(t *testing.T) {
	s.cut()
	s.canary(t, wire.CanaryError, func(t *testing.T) { t.Error("canary") })
	s.canary(t, wire.CanaryFatal, func(t *testing.T) { t.Fatal("canary") })
	s.canary(t, wire.CanaryPanic, func(*testing.T) { panic("canary") })
	if s.orders.Race {
		s.canary(t, wire.CanaryRace, race)
	}
	s.canary(t, wire.CanaryLeak, func(*testing.T) { leak() })
}

// canary runs one of them like a check.
func (s *session) canary(t *testing.T, name string, fail func(*testing.T)) {
	known := goroutines(s.looks.dump())
	f := s.attempt(t, testing.InternalTest{Name: name, F: fail})
	f.Kind, f.Check, f.Left = wire.Canary, name, ""
	if name == wire.CanaryLeak {
		f.Failed = provenSoon(known)
	}
	s.report.Send(f)
}

// raceTries bounds how many races there are until one is reported. The detector
// drops a report whose other stack it has lost: of 20,000 of these races it dropped
// one in 260, never two in a row (Go 1.26).
const raceTries = 8

// race makes a data race that is reported.
func race(*testing.T) {
	before := raceErrors()
	for range raceTries {
		if touchTwice(); raceErrors() > before {
			return
		}
	}
}

// touchTwice touches one variable from two goroutines, with nothing that orders
// the two accesses until both are over.
func touchTwice() {
	shared, done := 0, make(chan struct{})
	go func() {
		defer close(done)
		shared++
	}()
	shared++
	<-done
}

// canaryTime is how long the leaked goroutine may take to get to its channel,
// on a busy machine.
const canaryTime = 2 * time.Second

// provenSoon asks the leak detector until it sees the leak, or time is up.
func provenSoon(known []int64) bool {
	for end := time.Now().Add(canaryTime); time.Now().Before(end); runtime.Gosched() {
		if p := leakProfile(); len(fresh([]byte(p), known)) > 0 && leaked(p, known) {
			return true
		}
	}
	return false
}

// leak leaves a goroutine behind that nobody can ever reach.
func leak() {
	started := make(chan struct{})
	go func() {
		close(started)
		<-make(chan int)
	}()
	<-started
}
