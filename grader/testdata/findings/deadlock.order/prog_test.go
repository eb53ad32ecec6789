package prog

import "testing"

func TestShop(t *testing.T) { new(Shop).Open() }
