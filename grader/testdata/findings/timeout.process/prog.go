package prog

// first is there before anything else, or not at all.
var first = <-make(chan int)

// First is the first.
func First() int { return first }
