package waves

// First returns the first k heights that high accepts, in the order in which
// read returned them. Reading and choosing overlap.
func First(k int, read func() int, high func(int) bool) []int {
	heights := choose(readings(read), high)
	chosen := make([]int, 0, k)
	for range k {
		chosen = append(chosen, <-heights)
	}
	for range heights {
	}
	return chosen
}

// readings sends what read returns, one height after another.
func readings(read func() int) <-chan int {
	out := make(chan int)
	go func() {
		for {
			out <- read()
		}
	}()
	return out
}

// choose sends the heights that high accepts.
func choose(in <-chan int, high func(int) bool) <-chan int {
	out := make(chan int)
	go func() {
		for height := range in {
			if high(height) {
				out <- height
			}
		}
	}()
	return out
}
