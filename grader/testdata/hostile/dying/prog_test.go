package prog

import "testing"

func TestDeferred(t *testing.T) { await(Deferred) }
func TestNil(t *testing.T)      { await(Nil) }
func TestCustom(t *testing.T)   { await(Custom) }
func TestGoexit(t *testing.T)   { await(Goexit) }
func TestClose(t *testing.T)    { await(Close) }
func TestLines(t *testing.T)    { await(Lines) }
func TestSound(t *testing.T)    {}
