package prog

import "testing"

func TestSubscribe(t *testing.T) { Subscribe(func(string) {}) }
