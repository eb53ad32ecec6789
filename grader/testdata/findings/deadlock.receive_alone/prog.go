package prog

// Run does a job and waits for its end.
func Run(job func()) {
	done := make(chan bool)
	go job()
	<-done
}
