package prog

// Finish says that it is done.
func Finish() {
	done := make(chan bool)
	done <- true
}
