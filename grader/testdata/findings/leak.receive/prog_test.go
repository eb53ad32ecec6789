package prog

import "testing"

func TestListen(t *testing.T) { Listen(make(chan string)) }
