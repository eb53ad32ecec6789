package prog

// Background does a job until it is told to stop.
func Background(job func()) {
	stop := make(chan bool)
	go func() {
		job()
		<-stop
	}()
}
