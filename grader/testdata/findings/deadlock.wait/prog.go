package prog

import "sync"

// Finish waits for the workers and says so.
func Finish(workers *sync.WaitGroup, say func(string)) {
	workers.Wait()
	say("done")
}
