package prog

import "testing"

func TestWrite(t *testing.T) {
	b, begun := New(), make(chan bool)
	b.Follow(begun)
	<-begun
	b.Write("hello")
}
