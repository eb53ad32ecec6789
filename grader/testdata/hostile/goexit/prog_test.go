package prog

import "testing"

func TestDeferred(t *testing.T) { Deferred() }
func TestOver(t *testing.T)     { Over() }
func TestSound(t *testing.T)    {}
