package prog

var events = make(chan string)

// Subscribe calls heard for the next event.
func Subscribe(heard func(string)) {
	go func() {
		heard(<-events)
	}()
}

// Publish tells of an event.
func Publish(name string) { events <- name }
