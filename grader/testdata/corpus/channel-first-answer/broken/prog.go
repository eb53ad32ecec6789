package corpus

import (
	"context"
	"errors"
)

// ErrNoReplica is returned when there is nobody to ask.
var ErrNoReplica = errors.New("query: no replica")

// Replica answers queries; it gives up when the context ends.
type Replica func(ctx context.Context, query string) (string, error)

type answer struct {
	text string
	err  error
}

// Fastest sends the query to all replicas and returns the first good answer, or
// the last error if there is none. It tells the others to give up.
func Fastest(ctx context.Context, query string, replicas ...Replica) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	answers := make(chan answer)
	for _, ask := range replicas {
		go func() {
			text, err := ask(ctx, query)
			answers <- answer{text, err}
		}()
	}
	err := ErrNoReplica
	for range replicas {
		a := <-answers
		if a.err == nil {
			return a.text, nil
		}
		err = a.err
	}
	return "", err
}
