package prog

import "testing"

func TestAsk(t *testing.T) {
	v := &Votes{make(map[string]int)}
	v.Ask("a", "a")
}
