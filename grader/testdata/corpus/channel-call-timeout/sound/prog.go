package corpus

import (
	"context"
	"fmt"
	"sync/atomic"
)

// Handler answers one request.
type Handler func(request string) (string, error)

// Client calls a handler and does not wait for it longer than its caller wants.
type Client struct {
	handler Handler
	calls   atomic.Int64
	given   atomic.Int64
}

// NewClient returns a client of the handler.
func NewClient(h Handler) *Client { return &Client{handler: h} }

// Call sends a request and waits for the reply or the end of the context.
func (c *Client) Call(ctx context.Context, request string) (string, error) {
	c.calls.Add(1)
	type reply struct {
		text string
		err  error
	}
	replies := make(chan reply, 1)
	go func() {
		text, err := c.handler(request)
		replies <- reply{text, err}
	}()

	select {
	case r := <-replies:
		if r.err != nil {
			return "", fmt.Errorf("calling with %q: %w", request, r.err)
		}
		return r.text, nil
	case <-ctx.Done():
		c.given.Add(1)
		return "", fmt.Errorf("calling with %q: %w", request, ctx.Err())
	}
}

// GivenUp is the share of calls that were not waited for to the end.
func (c *Client) GivenUp() float64 {
	if calls := c.calls.Load(); calls > 0 {
		return float64(c.given.Load()) / float64(calls)
	}
	return 0
}
