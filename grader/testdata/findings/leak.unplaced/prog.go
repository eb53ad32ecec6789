package prog

import (
	"context"
)

// Request is a context with a name of its own.
type Request struct {
	context.Context
	ended chan struct{}
}

// Done is closed when the client has gone.
func (r Request) Done() <-chan struct{} { return r.ended }

// Serve serves a request.
func Serve(serve func(context.Context)) {
	ctx, _ := context.WithCancel(Request{context.Background(), make(chan struct{})})
	serve(ctx)
}
