package prog

import "testing"

func TestStopTwice(t *testing.T) {
	s := &Service{make(chan bool)}
	s.Stop()
	s.Stop()
}
