package prog

import "testing"

// A test is read without types: what the loop ranges over is not known.
func TestResults(t *testing.T) {
	go func() {
		for range Results() {
		}
	}()
}
