package prog

import "sync"

// Shop has a till and a shelf.
type Shop struct {
	till, shelf sync.Mutex
	coins, pens int
}

// Open serves customers, one after the other as it happens.
func (s *Shop) Open() {
	sell, refund, done := make(chan bool), make(chan bool), make(chan bool)
	go func() { <-refund; s.refund(); close(done) }()
	go func() { <-sell; s.sell(); close(refund) }()
	close(sell)
	<-done
}

func (s *Shop) sell() {
	s.till.Lock()
	defer s.till.Unlock()
	s.shelf.Lock()
	defer s.shelf.Unlock()
	s.coins, s.pens = s.coins+1, s.pens-1
}

func (s *Shop) refund() {
	s.shelf.Lock()
	defer s.shelf.Unlock()
	s.till.Lock()
	defer s.till.Unlock()
	s.coins, s.pens = s.coins-1, s.pens+1
}
