package prog

import "testing"

func TestGet(t *testing.T) {
	c := &Cache{answers: make(map[string]int)}
	c.Get("6 × 7", func() int { return 42 })
}
