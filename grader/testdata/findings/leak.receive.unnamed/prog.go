package prog

// Results is a channel that nobody sends on.
func Results() <-chan int { return make(chan int) }
