package corpus

import "fmt"

// Poller fetches pages in its own goroutine, one for every poke, until it is
// stopped or a page cannot be fetched.
type Poller struct {
	fetch func(page int) error
	pokes chan struct{}
	quit  chan struct{}
	done  chan struct{}
	pages int
	err   error
}

// StartPoller starts a poller, which the caller stops.
func StartPoller(fetch func(page int) error) *Poller {
	p := &Poller{
		fetch: fetch,
		pokes: make(chan struct{}, 8),
		quit:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	go p.run()
	return p
}

func (p *Poller) run() {
	defer close(p.done)
	for {
		select {
		case <-p.quit:
			return
		case <-p.pokes:
			if err := p.fetch(p.pages); err != nil {
				p.err = fmt.Errorf("fetching page %d: %w", p.pages, err)
				return
			}
			p.pages++
		}
	}
}

// Poke asks for the next page. Pokes that come too fast are dropped.
func (p *Poller) Poke() {
	select {
	case p.pokes <- struct{}{}:
	default:
	}
}

// Stop ends the poller and returns the number of pages and what went wrong.
func (p *Poller) Stop() (int, error) {
	p.quit <- struct{}{}
	<-p.done
	return p.pages, p.err
}
