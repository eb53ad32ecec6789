package search

import "errors"

// ErrTimeout is returned when the limit passes.
var ErrTimeout = errors.New("search: no answer within the limit")

// Search asks.
func Search(lookup func() int) (int, error) { return lookup(), nil }
