package ordered

import "context"

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	slots := make(chan chan U, n-1) // and the one that empty is waiting for
	out := make(chan U)
	go func() {
		defer close(slots)
		fill(ctx, slots, in, f)
	}()
	go func() {
		defer close(out)
		empty(ctx, out, slots)
	}()
	return out
}

// fill makes a slot for each value of in, and computes what comes into it.
func fill[T, U any](ctx context.Context, slots chan<- chan U, in <-chan T, f func(T) U) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			slot := make(chan U, 1)
			select {
			case slots <- slot:
				go func() { slot <- f(v) }()
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// empty sends on out what comes into the slots, one slot after the other.
func empty[U any](ctx context.Context, out chan<- U, slots <-chan chan U) {
	for slot := range slots {
		r := <-slot
		select {
		case out <- r:
		case <-ctx.Done():
			return
		}
	}
}
