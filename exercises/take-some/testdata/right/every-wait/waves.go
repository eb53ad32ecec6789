package waves

import "context"

// First returns the first k heights that high accepts, in the order in which
// read returned them. Reading and choosing overlap.
func First(k int, read func() int, high func(int) bool) []int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	heights := choose(ctx, readings(ctx, read), high)
	chosen := make([]int, 0, k)
	for range k {
		chosen = append(chosen, <-heights)
	}
	return chosen
}

// readings sends what read returns, one height after another.
func readings(ctx context.Context, read func() int) <-chan int {
	out := make(chan int)
	go func() {
		for send(ctx, out, read()) {
		}
	}()
	return out
}

// choose sends the heights that high accepts.
func choose(ctx context.Context, in <-chan int, high func(int) bool) <-chan int {
	out := make(chan int)
	go func() {
		for {
			select {
			case height := <-in:
				if high(height) && !send(ctx, out, height) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// send sends v, unless ctx ends first, and reports whether it did.
func send(ctx context.Context, out chan<- int, v int) bool {
	select {
	case out <- v:
		return true
	case <-ctx.Done():
		return false
	}
}
