package prog

// Each calls f on each value, and ended after it.
func Each(in <-chan int, f, ended func(int)) {
	for n := range in {
		f(n)
		defer ended(n)
	}
}
