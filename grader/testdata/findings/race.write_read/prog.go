package prog

// Meter counts in the background.
type Meter struct {
	Limit   int
	stopped chan bool
}

// Start begins to count.
func (m *Meter) Start(counted func(int)) {
	m.stopped = make(chan bool)
	go func() {
		defer close(m.stopped)
		counted(m.Limit)
	}()
}

// Wait waits for the end.
func (m *Meter) Wait() { <-m.stopped }
