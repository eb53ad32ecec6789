package prog

// Report sends one line.
func Report(lines chan<- string) { lines <- "done" }
