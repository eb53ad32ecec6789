package catalog

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Patience is how long Titles waits at most.
const Patience = 3 * time.Second

// A Source returns the titles that match a query. Once ctx has ended, it returns
// soon, with the error of ctx.
type Source func(ctx context.Context, query string) ([]string, error)

// answer is what one source had to say.
type answer struct {
	titles []string
	err    error
}

// Titles asks both sources at once and returns what came within Patience: sorted,
// each title once. The error is nil if a source has answered.
func Titles(ctx context.Context, query string, database, cache Source) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	var came []answer
	done := make(chan struct{}, 2)
	for _, source := range []Source{database, cache} {
		go func() {
			titles, err := source(ctx, query)
			came = append(came, answer{titles, err})
			done <- struct{}{}
		}()
	}
	for range 2 {
		select {
		case <-done:
		case <-ctx.Done():
			return merge(came, ctx.Err())
		}
	}
	return merge(came, nil)
}

// merge returns the titles of all answers, or why there are none.
func merge(answers []answer, late error) ([]string, error) {
	var titles []string
	errs := []error{late}
	answered := false
	for _, a := range answers {
		if a.err != nil {
			errs = append(errs, a.err)
			continue
		}
		answered = true
		titles = append(titles, a.titles...)
	}
	if !answered {
		return nil, errors.Join(errs...)
	}
	slices.Sort(titles)
	return slices.Compact(titles), nil
}
