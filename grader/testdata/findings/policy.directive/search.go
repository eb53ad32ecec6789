package search

//go:norace
func hidden() {}
