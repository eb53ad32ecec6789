package corpus

// Tick is one price of a share.
type Tick struct {
	Symbol string
	Cents  int
}

// Feed sends the prices and closes its channel after the last.
func Feed(symbol string, prices ...int) <-chan Tick {
	ticks := make(chan Tick)
	go func() {
		defer close(ticks)
		for _, p := range prices {
			ticks <- Tick{symbol, p}
		}
	}()
	return ticks
}

// Merge passes on what both feeds send, and closes its channel when both are
// closed.
func Merge(a, b <-chan Tick) <-chan Tick {
	out := make(chan Tick)
	go func() {
		defer close(out)
		for {
			select {
			case t, ok := <-a:
				if !ok {
					a = nil // no longer chosen
					continue
				}
				out <- t
			case t, ok := <-b:
				if !ok && a == nil {
					return
				}
				if !ok {
					b = nil
					continue
				}
				out <- t
			}
		}
	}()
	return out
}

// Highest returns the highest price of each symbol.
func Highest(ticks <-chan Tick) map[string]int {
	top := make(map[string]int)
	for t := range ticks {
		top[t.Symbol] = max(top[t.Symbol], t.Cents)
	}
	return top
}
