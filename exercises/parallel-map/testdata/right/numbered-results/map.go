package parallel

// Map returns f of each element of in, in the order of in. Every call of f has
// a goroutine of its own; all of them have ended when Map returns.
func Map[T, U any](in []T, f func(T) U) []U {
	type result struct {
		i int
		u U
	}
	results := make(chan result)
	for i, v := range in {
		go func() { results <- result{i, f(v)} }()
	}
	out := make([]U, len(in))
	for range in {
		r := <-results
		out[r.i] = r.u
	}
	return out
}
