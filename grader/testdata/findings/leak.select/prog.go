package prog

// Merge hands on what comes from two sources.
func Merge(a, b <-chan int, take func(int)) {
	go func() {
		for {
			select {
			case n := <-a:
				take(n)
			case n := <-b:
				take(n)
			}
		}
	}()
}
