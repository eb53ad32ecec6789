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
		defer close(out)
		for {
			height := read()
			select {
			case out <- height:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// choose sends the heights that high accepts.
func choose(ctx context.Context, in <-chan int, high func(int) bool) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for height := range in {
			if !high(height) {
				continue
			}
			select {
			case out <- height:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
