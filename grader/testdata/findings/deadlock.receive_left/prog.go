package prog

// Ask asks, and forgets who answers when there is nothing to ask.
func Ask(question string) string {
	answer := make(chan string)
	if question != "" {
		go func() { answer <- "because" }()
	}
	return <-answer
}
