package prog

import "testing"

func TestAdd(t *testing.T) { new(Counter).Add() }
