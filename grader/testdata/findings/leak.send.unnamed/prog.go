package prog

type worker struct{ results chan int }

// Start leaves its goroutine at a send whose channel stands on the line above.
func Start() {
	var w struct{ inner worker }
	w.inner.results = make(chan int)
	go func() {
		w.inner.
			results <- 1
	}()
}
