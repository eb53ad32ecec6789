package prog

// Announce tells everyone who listens that the work is over.
func Announce(over chan struct{}, failed bool) {
	if failed {
		defer close(over)
	}
	close(over)
}
