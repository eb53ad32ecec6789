package corpus

import (
	"context"
	"sync/atomic"
)

// Relay passes messages from one channel to another and counts them.
type Relay struct {
	passed atomic.Int64
}

// Passed is how many messages the relay has passed on.
func (r *Relay) Passed() int { return int(r.passed.Load()) }

// Run passes on what comes from in, until the context ends. It returns at once;
// the channel it returns is closed at the end. Nobody closes in.
func (r *Relay) Run(ctx context.Context, in <-chan string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			var m string
			select {
			case m = <-in:
			case <-ctx.Done():
				return
			}
			select {
			case out <- r.count(m):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (r *Relay) count(message string) string {
	r.passed.Add(1)
	return message
}

// Collect receives n messages, fewer if there are no more.
func Collect(in <-chan string, n int) []string {
	var got []string
	for m := range in {
		got = append(got, m)
		if len(got) == n {
			break
		}
	}
	return got
}
