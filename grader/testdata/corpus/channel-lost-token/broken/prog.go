package corpus

import "context"

// Gate lets a limited number of calls through at a time.
type Gate struct {
	tokens chan struct{}
}

// NewGate returns a gate for n calls at a time.
func NewGate(n int) *Gate {
	return &Gate{tokens: make(chan struct{}, n)}
}

// Enter waits for its turn. Who was let in calls Leave.
func (g *Gate) Enter(ctx context.Context) error {
	select {
	case g.tokens <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	// Both may have been ready; a caller that is gone must not begin.
	if err := ctx.Err(); err != nil {
		return err
	}
	return nil
}

// Leave makes room for the next call.
func (g *Gate) Leave() { <-g.tokens }

// Do calls fn when its turn has come.
func (g *Gate) Do(ctx context.Context, fn func()) error {
	if err := g.Enter(ctx); err != nil {
		return err
	}
	defer g.Leave()
	fn()
	return nil
}
