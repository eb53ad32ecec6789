package prog

// Store writes the records down in the background.
func Store(records []string, write func(string)) {
	queue := make(chan string)
	go func() {
		for r := range queue {
			write(r)
		}
	}()
	for _, r := range records {
		queue <- r
	}
}
