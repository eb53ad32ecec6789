package main

import (
	"context"
	"sync"

	"manche/grader/proof"
	"manche/lessons"
)

// programs runs the programs of lessons for the proof of the course.
type programs struct {
	proof.Samples
	step func() // called after each program, one call at a time

	mu       sync.Mutex // guards what follows, and step
	recalled int
}

// Run implements lessons.Runner.
func (p *programs) Run(ctx context.Context, program string) ([]lessons.Ran, error) {
	samples, recalled, err := p.Try(ctx, program)
	if err != nil {
		return nil, err
	}
	p.count(recalled)
	var trials []lessons.Ran
	for _, s := range samples {
		ran := lessons.Ran{Refused: s.Refused, Outputs: s.Outputs, Said: s.Said}
		for _, f := range s.Found {
			ran.Found = append(ran.Found, lessons.Found{Kind: f.Kind, Line: f.Line})
		}
		trials = append(trials, ran)
	}
	return trials, nil
}

func (p *programs) count(recalled bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if recalled {
		p.recalled++
	}
	p.step()
}
