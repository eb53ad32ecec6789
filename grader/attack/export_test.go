package attack

import (
	"context"
	"os"
	"time"
)

// End exposes what is tried with a server that is ended by a signal.
func (t Trial) End(ctx context.Context, signal os.Signal) (Outcome, error) {
	return t.end(ctx, signal, true, 2*time.Second)
}

// Pick exposes a draw from so many, as numbers.
func (d Draw) Pick(of int) []int {
	all := make([]try, of)
	for i := range all {
		all[i].kind = Kind(rune(i))
	}
	var picked []int
	for _, p := range d.pick(all) {
		picked = append(picked, int([]rune(string(p.kind))[0]))
	}
	return picked
}

// Start exposes the start of the server that comes after one that was killed.
func (t Trial) Start(ctx context.Context) error { return t.start(ctx) }
