package ordered

import "context"

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	todo, done := make([]chan T, n), make([]chan U, n)
	for i := range n {
		todo[i], done[i] = make(chan T), make(chan U)
		go func() {
			defer close(done[i])
			for v := range todo[i] {
				if !send(ctx, done[i], f(v)) {
					return
				}
			}
		}()
	}
	go func() {
		defer closeAll(todo)
		for i := 0; ; i = (i + 1) % n {
			v, ok := receive(ctx, in)
			if !ok || !send(ctx, todo[i], v) {
				return
			}
		}
	}()
	out := make(chan U)
	go func() {
		defer close(out)
		for i := 0; ; i = (i + 1) % n {
			r, ok := receive(ctx, done[i])
			if !ok || !send(ctx, out, r) {
				return
			}
		}
	}()
	return out
}

// send reports whether v was sent before ctx ended.
func send[V any](ctx context.Context, to chan<- V, v V) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// receive reports whether there was a value before ctx ended.
func receive[V any](ctx context.Context, from <-chan V) (v V, ok bool) {
	select {
	case v, ok = <-from:
		return v, ok
	case <-ctx.Done():
		return v, false
	}
}

func closeAll[V any](list []chan V) {
	for _, c := range list {
		close(c)
	}
}
