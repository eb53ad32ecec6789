package measure

import (
	"context"
	"os"
	"time"
)

const (
	// quietTime is how long the processes that one measurement has left must use no
	// processor before the next one begins: some units in which Linux counts.
	quietTime = 3 * tick
	// settleTime bounds the wait: beyond it they do not come to rest.
	settleTime = 2 * time.Second
)

// settle waits until what was measured last does nothing any more, such as making
// the next judgement ready: it would be in the way of whoever comes next, which is
// always the same one.
func settle(ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	again := time.NewTicker(quietTime)
	defer again.Stop()
	for used := time.Duration(-1); ; {
		now := time.Duration(0)
		for _, p := range descendants(os.Getpid()) {
			now += p.own + p.waited
		}
		if now == used {
			return
		}
		used = now
		select {
		case <-again.C:
		case <-limited.Done():
			return
		}
	}
}
