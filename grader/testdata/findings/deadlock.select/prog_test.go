package prog

import "testing"

func TestEither(t *testing.T) { Either(make(chan int), nil) }
