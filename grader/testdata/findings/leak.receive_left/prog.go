package prog

import "errors"

// Parse reads in the background, if there is anything to read.
func Parse(text string) error {
	words := make(chan string)
	go func() {
		println(<-words)
	}()
	if text == "" {
		return errors.New("nothing to read")
	}
	words <- text
	return nil
}
