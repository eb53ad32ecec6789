package merge

import "context"

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received, or
// soon after ctx has ended.
func Merge(ctx context.Context, inputs ...<-chan int) <-chan int {
	out := make(chan int)
	switch len(inputs) {
	case 0:
		close(out)
	case 1:
		go both(ctx, out, inputs[0], nil)
	default:
		half := len(inputs) / 2
		go both(ctx, out, Merge(ctx, inputs[:half]...), Merge(ctx, inputs[half:]...))
	}
	return out
}

// both sends on what comes from a and from b, until both are closed or ctx ends.
func both(ctx context.Context, out chan<- int, a, b <-chan int) {
	defer close(out)
	for a != nil || b != nil {
		var v int
		var ok bool
		select {
		case v, ok = <-a:
			if !ok {
				a = nil
				continue
			}
		case v, ok = <-b:
			if !ok {
				b = nil
				continue
			}
		case <-ctx.Done():
			return
		}
		select {
		case out <- v:
		case <-ctx.Done():
			return
		}
	}
}
