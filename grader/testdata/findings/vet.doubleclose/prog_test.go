package prog

import "testing"

func TestAnnounce(t *testing.T) {
	over := make(chan struct{})
	Announce(over, false)
	<-over
}
