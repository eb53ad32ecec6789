package corpus

import "sync"

// Poller asks a source for news again and again and hands them on, until it is
// stopped.
type Poller struct {
	source  func() (news []string, ok bool)
	deliver func(item string)
	wg      sync.WaitGroup
	stopped bool
}

// StartPoller begins to poll at once. It ends by itself when the source has no
// more to give.
func StartPoller(source func() ([]string, bool), deliver func(string)) *Poller {
	p := &Poller{source: source, deliver: deliver}
	p.wg.Go(p.loop)
	return p
}

func (p *Poller) loop() {
	for !p.stopped {
		news, ok := p.source()
		if !ok {
			return
		}
		for _, item := range news {
			p.deliver(item)
		}
	}
}

// Stop ends the polling and waits for the last delivery.
func (p *Poller) Stop() {
	p.stopped = true
	p.wg.Wait()
}
