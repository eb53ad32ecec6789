package measure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Site is how the site bears its readers.
type Site struct {
	Pages    Pages    `json:"pages"`
	Crowd    Crowd    `json:"crowd"`
	Fairness Fairness `json:"fairness"`
}

// SiteConfig says what of a site to measure. Of the embedded Config it needs
// Exercises, Program and Step.
type SiteConfig struct {
	Config
	Handler  http.Handler // the site, for the time in its handlers
	Page     string       // path of a lesson
	Learners int          // who submit at the same moment
}

// Steps is how often Step is called.
func (c SiteConfig) Steps() int { return c.Learners + 2*hammerTurns + 1 }

// RunSite measures one after the other, on this machine and over its loopback.
func RunSite(ctx context.Context, c SiteConfig) (Site, error) {
	dir, err := os.MkdirTemp("", "manche-bench-")
	if err != nil {
		return Site{}, fmt.Errorf("making a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	var r Site
	r.Pages.Path = c.Page
	if err := pace(ctx, c.Handler, &r.Pages); err != nil {
		return r, cmp.Or(ctx.Err(), fmt.Errorf("asking for a page at an even pace: %w", err))
	}
	c.Step()
	if r.Crowd, err = c.crowd(ctx, dir, c.Learners); err != nil {
		return r, cmp.Or(ctx.Err(), fmt.Errorf("having a crowd submit: %w", err))
	}
	return r, c.alone(ctx, dir, &r)
}

// alone measures a server without limits on submissions.
func (c SiteConfig) alone(ctx context.Context, dir string, r *Site) error {
	s, err := startServer(ctx, c.Program, filepath.Join(dir, "alone"), []string{unlimited})
	if err != nil {
		return err
	}
	defer s.stop()
	if err := s.ready(ctx); err != nil {
		return err
	}
	l := &serverLane{Config: c.Config, server: s, ex: c.Exercises[0]}
	l.passing, _ = answersTo(l.ex)
	if err := l.judge(ctx, posting(l.passing.fresh(), false)); err != nil { // from now on the learner is known
		return cmp.Or(ctx.Err(), err)
	}
	if r.Crowd.Doubled, err = l.doubleClicks(ctx); err != nil {
		return cmp.Or(ctx.Err(), fmt.Errorf("submitting twice at once: %w", err))
	}
	if r.Fairness, err = l.fairness(ctx); err != nil {
		return cmp.Or(ctx.Err(), fmt.Errorf("submitting beside somebody with much: %w", err))
	}
	return cmp.Or(ctx.Err(), c.besideNginx(ctx, dir, s, &r.Pages))
}

// besideNginx asks both servers for the same page, in turn.
func (c SiteConfig) besideNginx(ctx context.Context, dir string, s *server, r *Pages) error {
	page, head, err := s.page(ctx, r.Path)
	if err != nil {
		return err
	}
	r.Bytes, r.Connections = len(page), hammers
	peer, err := startNginx(ctx, dir, r.Path, page, head)
	if peer != nil {
		defer peer.stop()
	}
	if err != nil && !errors.Is(err, errNoPeer) {
		return err
	}
	var ours, theirs []float64
	for range hammerTurns {
		got, err := hammer(ctx, strings.TrimPrefix(s.url, "http://"), r.Path)
		if err != nil {
			return fmt.Errorf("asking our server: %w", err)
		}
		ours = append(ours, got)
		c.Step()
		if peer == nil {
			c.Step()
			continue
		}
		if got, err = hammer(ctx, peer.address, r.Path); err != nil {
			return fmt.Errorf("asking nginx: %w", err)
		}
		theirs, r.Peer = append(theirs, got), peer.version
		c.Step()
	}
	r.Ours, r.Theirs = median(ours), median(theirs)
	return nil
}

// page is a page as it travels, with its head.
func (s *server) page(ctx context.Context, path string) ([]byte, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Accept-Encoding", pageEncoding)
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return body, resp.Header, err
}
