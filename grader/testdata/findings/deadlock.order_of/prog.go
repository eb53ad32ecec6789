package prog

import "sync"

// Fork lies between two philosophers.
type Fork struct{ mu sync.Mutex }

// Dine lets three eat, one after the other as it happens.
func Dine() {
	var forks [3]Fork
	var turns [4]chan bool
	for i := range turns {
		turns[i] = make(chan bool)
	}
	var ready sync.WaitGroup
	for i := range forks {
		ready.Add(1)
		go func() {
			ready.Done()
			<-turns[i]
			eat(&forks[i], &forks[(i+1)%3])
			close(turns[i+1])
		}()
	}
	ready.Wait()
	close(turns[0])
	<-turns[3]
}

func eat(left, right *Fork) {
	left.mu.Lock()
	defer left.mu.Unlock()
	right.mu.Lock()
	defer right.mu.Unlock()
}
