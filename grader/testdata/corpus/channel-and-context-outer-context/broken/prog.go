package corpus

import (
	"context"
	"fmt"
	"sync"
)

// Probe examines one host.
type Probe func(ctx context.Context, host string) (string, error)

type result struct {
	host, state string
	err         error
}

// Survey examines all hosts at once. At the first error it tells the other
// probes to end, waits for them, and returns that error.
func Survey(parent context.Context, hosts []string, probe Probe) (map[string]string, error) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	results := make(chan result)
	var probes sync.WaitGroup
	for _, host := range hosts {
		probes.Go(func() {
			state, err := probe(ctx, host)
			select {
			case results <- result{host, state, err}:
			case <-parent.Done():
			}
		})
	}

	states := make(map[string]string)
	for range hosts {
		select {
		case r := <-results:
			if r.err != nil {
				cancel()
				probes.Wait()
				return nil, fmt.Errorf("probing %s: %w", r.host, r.err)
			}
			states[r.host] = r.state
		case <-parent.Done():
			cancel()
			probes.Wait()
			return nil, parent.Err()
		}
	}
	return states, nil
}
