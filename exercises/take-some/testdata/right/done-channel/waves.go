package waves

// First returns the first k heights that high accepts, in the order in which
// read returned them. Reading and choosing overlap.
func First(k int, read func() int, high func(int) bool) []int {
	done := make(chan struct{})
	defer close(done)
	heights := choose(done, readings(done, read), high)
	chosen := make([]int, 0, k)
	for range k {
		chosen = append(chosen, <-heights)
	}
	return chosen
}

// readings sends what read returns, one height after another.
func readings(done <-chan struct{}, read func() int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			height := read()
			select {
			case out <- height:
			case <-done:
				return
			}
		}
	}()
	return out
}

// choose sends the heights that high accepts.
func choose(done <-chan struct{}, in <-chan int, high func(int) bool) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for height := range in {
			if !high(height) {
				continue
			}
			select {
			case out <- height:
			case <-done:
				return
			}
		}
	}()
	return out
}
