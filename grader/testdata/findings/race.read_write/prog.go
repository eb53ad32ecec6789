package prog

// Load fills the settings in the background.
func Load(name string) bool {
	ready, done := false, make(chan bool)
	go func() {
		ready = name != ""
		close(done)
	}()
	seen := ready
	<-done
	return seen
}
