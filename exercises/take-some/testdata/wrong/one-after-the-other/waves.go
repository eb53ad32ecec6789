package waves

// First returns the first k heights that high accepts, in the order in which
// read returned them. Reading and choosing overlap.
func First(k int, read func() int, high func(int) bool) []int {
	chosen := make([]int, 0, k)
	for len(chosen) < k {
		if height := read(); high(height) {
			chosen = append(chosen, height)
		}
	}
	return chosen
}
