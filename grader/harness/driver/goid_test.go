package driver_test

import (
	"runtime"
	"testing"

	"go.uber.org/goleak"

	"manche/grader/harness/driver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The short way says the same as the long one, in any goroutine. A release of Go in
// which nobody finds it would make each operation on a lock a hundred times dearer.
func TestGoid(t *testing.T) {
	started := runtime.NumGoroutine()
	driver.FindGoid()
	if n := runtime.NumGoroutine(); n != started {
		t.Errorf("%d goroutines, %d before: a test that counts them would see that", n, started)
	}
	if driver.GoidAt() < 0 {
		t.Errorf("%s on %s: no place has the number of a goroutine", runtime.Version(), runtime.GOARCH)
	}
	for range 100 {
		done := make(chan [2]int64)
		go func() { done <- [2]int64{driver.Goid(), driver.PrintedGoid()} }()
		if got := <-done; got[0] != got[1] {
			t.Fatalf("got number %d, the stack says %d", got[0], got[1])
		}
	}
}

func BenchmarkGoid(b *testing.B) {
	driver.FindGoid()
	for _, way := range []struct {
		name string
		goid func() int64
	}{{"record", driver.Goid}, {"stack", driver.PrintedGoid}} {
		b.Run(way.name, func(b *testing.B) {
			for b.Loop() {
				way.goid()
			}
		})
	}
}
