package prog

import "testing"

func TestAsk(t *testing.T) { Ask("") }
