package grader

import (
	"context"
	"slices"
	"sync"
	"time"

	"manche/exercises"
	"manche/grader/build"
)

// maxAhead is how many submissions are kept that were built before anyone asked
// for a verdict: one for each learner of a small class, some four megabytes each.
const maxAhead = 16

// aheadPatience is how long somebody waits for what is being built ahead. That has
// the lowest priority, so that on a busy machine it may take very long, and to build
// it anew takes hardly more than this.
const aheadPatience = 100 * time.Millisecond

// Anticipate checks and builds a submission that may soon be judged, at the lowest
// priority, so that [Grader.Watch] finds it ready and only has to run it. It returns
// when that is done, when ctx ends, or at once while something is being judged:
// those who wait come first. Only the latest few are kept, and each is used once.
// What fails, fails again when it is asked for, and is told then.
func (g *Grader) Anticipate(ctx context.Context, sub Submission) {
	ex, err := g.task(sub)
	if err != nil || g.judging.Load() > 0 {
		return
	}
	j := g.judgement(ex, sub.Tests != nil, sub.Seed)
	c := g.ahead.begin(j.key(sub.Files))
	if c == nil {
		return // it is there, or on its way
	}
	g.ahead.end(c, j.build(build.Gently(ctx), sub.Files))
}

// ahead holds what was built before it was asked for. The zero value is ready.
type ahead struct {
	mu   sync.Mutex
	list []*coming // oldest first
}

// coming is one that is being built, or ready.
type coming struct {
	key   string
	done  chan struct{}
	built *built // once done
	left  bool   // nobody wants it any more
}

// begin notes that a submission is being built; nil where it is noted already.
func (a *ahead) begin(key string) *coming {
	a.mu.Lock()
	defer a.mu.Unlock()
	if slices.ContainsFunc(a.list, func(c *coming) bool { return c.key == key }) {
		return nil
	}
	c := &coming{key: key, done: make(chan struct{})}
	if a.list = append(a.list, c); len(a.list) > maxAhead {
		a.list[0].leave()
		a.list = a.list[1:]
	}
	return c
}

// end keeps what was built, unless nobody wants it any more.
func (a *ahead) end(c *coming, b *built) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.built = b
	close(c.done)
	if c.left {
		b.discard()
	}
}

// leave gives one up. The caller holds the lock.
func (c *coming) leave() {
	c.left = true
	if c.built != nil {
		c.built.discard()
	}
}

// take returns what was built for key, and waits a moment if it is on its way; nil
// where there is none yet, or where building it failed for a reason of ours.
func (a *ahead) take(ctx context.Context, key string) *built {
	c := a.pick(key)
	if c == nil {
		return nil
	}
	patience := time.NewTimer(aheadPatience)
	defer patience.Stop()
	select {
	case <-c.done:
	case <-patience.C:
	case <-ctx.Done():
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if c.built == nil || c.built.failed() || ctx.Err() != nil {
		c.leave()
		return nil
	}
	return c.built
}

// pick takes one out of the list.
func (a *ahead) pick(key string) *coming {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.list, func(c *coming) bool { return c.key == key })
	if i < 0 {
		return nil
	}
	c := a.list[i]
	a.list = slices.Delete(a.list, i, i+1)
	return c
}

// leave discards what a judgement was made with, or keeps it for the next one.
func (j *judgement) leave(b *built, files map[string][]byte) {
	var c *coming
	if j.keep && !b.failed() {
		c = j.g.ahead.begin(j.key(files))
	}
	if c == nil {
		b.discard()
		return
	}
	b.timings = nil // the next one builds nothing
	for _, t := range b.trials {
		t.tries = nil
	}
	j.g.ahead.end(c, b)
}

// drop gives all up.
func (a *ahead) drop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range a.list {
		c.leave()
	}
	a.list = nil
}

// key names all that a build depends on.
func (j *judgement) key(files map[string][]byte) string {
	return j.ex.Slug + " " + j.ex.Revision + " " + revisionOf(files, testsOf(j))
}

// testsOf are the checks that came with the submission.
func testsOf(j *judgement) exercises.Files {
	if j.own {
		return j.ex.Checks
	}
	return nil
}
