package prog

import "testing"

func TestMerge(t *testing.T) { Merge(make(chan int), make(chan int), func(int) {}) }
