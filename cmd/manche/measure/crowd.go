package measure

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Crowd is what became of learners who all submit at the same moment, on a server
// with the limits that servers have by default.
type Crowd struct {
	Learners int `json:"learners"`
	// Verdicts are learners who got theirs, at once or after they were told to come
	// back; each once.
	Verdicts int `json:"verdicts"`
	// Refused were told to come back later (429), Untrue were told so again when they
	// did, at the very time.
	Refused int `json:"refused"`
	Untrue  int `json:"untrue"`
	// Median and Last are from the common moment to the verdict, waiting included.
	Median float64 `json:"median_ms"`
	Last   float64 `json:"last_ms"`
	// DoubleClicks are submissions that were sent twice at once under one key, and
	// Doubled those of them that became two.
	DoubleClicks int `json:"double_clicks"`
	Doubled      int `json:"doubled"`
}

// Fairness is how long somebody waits behind somebody with much to judge.
type Fairness struct {
	Many    int     `json:"many"`   // submissions of the one
	Before  int     `json:"before"` // of them, judged while the other waited for one verdict
	Slots   int     `json:"slots"`  // verdicts at a time
	Window  int     `json:"window"` // submissions that are claimed at a time
	Verdict float64 `json:"verdict_ms"`
}

const (
	doubleClicks = 10
	// manySubmissions of one learner stand before the other's one.
	manySubmissions = 50
	// comeBack bounds how often a learner who is refused comes again.
	comeBack = 100
)

// crowd has so many learners submit.
func (c Config) crowd(ctx context.Context, dir string, learners int) (Crowd, error) {
	r := Crowd{Learners: learners, DoubleClicks: doubleClicks}
	s, err := startServer(ctx, c.Program, filepath.Join(dir, "crowd"), nil)
	if err != nil {
		return r, err
	}
	defer s.stop()
	if err := s.ready(ctx); err != nil {
		return r, err
	}
	passing, _ := answersTo(c.Exercises[0])
	slug := c.Exercises[0].Slug
	took := make([]float64, learners)
	var refused, untrue atomic.Int64
	moment := make(chan struct{})
	all, together := errgroup.WithContext(ctx)
	var start time.Time
	for i := range learners {
		body, learner := posting(passing.fresh(), true), s.as(newLearner())
		all.Go(func() error {
			defer learner.http.CloseIdleConnections()
			<-moment
			id, refusals, err := learner.insist(together, slug, body)
			if err != nil {
				return err
			}
			refused.Add(int64(min(refusals, 1)))
			untrue.Add(int64(max(refusals-1, 0)))
			err = learner.verdict(together, id)
			took[i] = millis(start)
			c.Step()
			return err
		})
	}
	start = time.Now()
	close(moment)
	if err := all.Wait(); err != nil {
		return r, cmp.Or(ctx.Err(), err)
	}
	r.Verdicts, r.Refused, r.Untrue = learners, int(refused.Load()), int(untrue.Load())
	r.Median, r.Last = median(took), slices.Max(took)
	return r, nil
}

// insist submits, and comes back when it is told to, however often.
func (s *server) insist(ctx context.Context, slug string, body []byte) (id string, refusals int, err error) {
	for range comeBack {
		resp, err := s.open(ctx, http.MethodPost, "/api/v1/exercises/"+slug+"/submissions", body)
		if err != nil {
			return "", refusals, err
		}
		var sub submission
		decoded := json.NewDecoder(resp.Body).Decode(&sub)
		resp.Body.Close()
		if resp.StatusCode < http.StatusMultipleChoices {
			return sub.ID, refusals, decoded
		}
		later, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		if resp.StatusCode != http.StatusTooManyRequests || err != nil || later < 1 {
			return "", refusals, fmt.Errorf("a submission is answered by %d, Retry-After %q", resp.StatusCode, resp.Header.Get("Retry-After"))
		}
		refusals++
		wait := time.NewTimer(time.Duration(later) * time.Second)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return "", refusals, ctx.Err()
		}
	}
	return "", refusals, fmt.Errorf("refused %d times", comeBack)
}

// doubleClicks sends submissions twice at once, as an impatient finger does.
func (l *serverLane) doubleClicks(ctx context.Context) (doubled int, err error) {
	for range doubleClicks {
		body, key := posting(l.passing.fresh(), false), strconv.FormatInt(serial.Add(1), 10)
		var ids [2]string
		both, clicks := errgroup.WithContext(ctx)
		for i := range ids {
			both.Go(func() error {
				sub, err := l.submitOnce(clicks, l.ex.Slug, key, body)
				ids[i] = sub.ID
				return err
			})
		}
		if err := both.Wait(); err != nil {
			return doubled, err
		}
		if ids[0] != ids[1] {
			doubled++
		}
		if err := l.verdict(ctx, ids[0]); err != nil {
			return doubled, err
		}
	}
	return doubled, nil
}

// fairness has one learner submit much, and another a single answer.
func (l *serverLane) fairness(ctx context.Context) (Fairness, error) {
	f := Fairness{Many: manySubmissions, Slots: runtime.NumCPU(), Window: 2 * runtime.NumCPU()}
	var ids []string
	for range manySubmissions {
		sub, err := l.submit(ctx, l.ex.Slug, posting(l.passing.fresh(), false))
		if err != nil {
			return f, err
		}
		ids = append(ids, sub.ID)
	}
	other := l.as(newLearner())
	defer other.http.CloseIdleConnections()
	done, err := l.done(ctx, ids)
	if err != nil {
		return f, err
	}
	start := time.Now()
	sub, err := other.submit(ctx, l.ex.Slug, posting(l.passing.fresh(), false))
	if err != nil {
		return f, err
	}
	if err := other.verdict(ctx, sub.ID); err != nil {
		return f, err
	}
	f.Verdict = millis(start)
	after, err := l.done(ctx, ids)
	f.Before = after - done
	return f, err
}

// done counts the submissions that have their verdict.
func (l *serverLane) done(ctx context.Context, ids []string) (n int, err error) {
	for _, id := range ids {
		sub, err := l.read(ctx, id)
		if err != nil {
			return n, err
		}
		if sub.State == "done" {
			n++
		}
	}
	return n, nil
}
