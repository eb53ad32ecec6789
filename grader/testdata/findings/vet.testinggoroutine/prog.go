package prog

import "testing"

// Check checks in the background that n is even.
func Check(t *testing.T, n int) {
	done := make(chan bool)
	go func() {
		defer close(done)
		if n%2 == 1 {
			t.Fatalf("%d is odd", n)
		}
	}()
	<-done
}
