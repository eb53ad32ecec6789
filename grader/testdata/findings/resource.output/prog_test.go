package prog

import "testing"

func TestTalk(t *testing.T) { Talk() }
