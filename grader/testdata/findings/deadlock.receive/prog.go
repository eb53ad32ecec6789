package prog

// First is the first of what comes.
func First(in <-chan int) int { return <-in }
