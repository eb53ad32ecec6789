package prog

// Try runs a job whose error nobody looks at.
func Try(job func() error) {
	failed := make(chan error)
	go func() {
		failed <- job()
	}()
}
