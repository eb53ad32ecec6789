package parallel

// Map returns f of each element of in, in the order of in. Every call of f has
// a goroutine of its own; all of them have ended when Map returns.
func Map[T, U any](in []T, f func(T) U) []U {
	results := make([]chan U, len(in))
	for i, v := range in {
		results[i] = make(chan U, 1)
		go func() { results[i] <- f(v) }()
	}
	out := make([]U, len(in))
	for i := range in {
		out[i] = <-results[i]
	}
	return out
}
