package prog

import "testing"

func TestRelay(t *testing.T) { Relay(1) }
