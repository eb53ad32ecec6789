package prog

import "testing"

func TestAsk(t *testing.T) {
	gate := make(chan bool)
	Ask(0, func() int { <-gate; return 42 })
	close(gate)
}
