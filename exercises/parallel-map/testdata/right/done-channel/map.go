package parallel

// Map returns f of each element of in, in the order of in. Every call of f has
// a goroutine of its own; all of them have ended when Map returns.
func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	done := make(chan struct{})
	for i, v := range in {
		go func() {
			out[i] = f(v)
			done <- struct{}{}
		}()
	}
	for range in {
		<-done
	}
	return out
}
