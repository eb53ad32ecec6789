package measure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Pages is what the page of a lesson costs a server.
type Pages struct {
	Path  string `json:"path"`
	Bytes int    `json:"bytes"` // of the compressed page
	// Asked at an even pace, whatever becomes of the answers: an open loop.
	PerSecond int     `json:"per_second"`
	Asked     int     `json:"asked"`
	Median    float64 `json:"handler_median_ms"`
	P99       float64 `json:"handler_p99_ms"`
	Worst     float64 `json:"handler_worst_ms"`
	// Asked again as soon as there is an answer, on so many connections, of us and of
	// a server of files with the same bytes, in turn: answers per second, medians of
	// the rounds. Theirs is 0 where there is no such server.
	Connections int     `json:"connections"`
	Ours        float64 `json:"ours_per_second"`
	Theirs      float64 `json:"theirs_per_second"`
	Peer        string  `json:"peer,omitempty"` // its name and version
}

const (
	pagePace    = 500              // a second
	paceTime    = 20 * time.Second // for each open loop
	hammerTime  = 3 * time.Second  // for each closed loop
	hammers     = 16               // connections
	hammerTurns = 5
)

// stopwatch times a handler.
type stopwatch struct {
	http.Handler

	mu   sync.Mutex
	took []float64
}

// ServeHTTP times one answer.
func (s *stopwatch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	s.Handler.ServeHTTP(w, r)
	ms := millis(start)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, ms)
}

// pace asks h for a page at an even pace, over the loopback.
func pace(ctx context.Context, h http.Handler, r *Pages) error {
	watch := &stopwatch{Handler: h}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	srv := &http.Server{Handler: watch}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	err = askEvenly(ctx, "http://"+ln.Addr().String()+r.Path, r)
	err = errors.Join(err, srv.Shutdown(context.WithoutCancel(ctx))) // once every handler has been timed
	<-served
	if err != nil {
		return err
	}
	slices.Sort(watch.took)
	n := len(watch.took)
	r.Median, r.P99, r.Worst = watch.took[n/2], watch.took[n*99/100], watch.took[n-1]
	return nil
}

// askEvenly asks for url, without waiting for one answer before the next question.
func askEvenly(ctx context.Context, url string, r *Pages) error {
	transport := &http.Transport{MaxIdleConnsPerHost: pagePace, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: endTime}
	r.PerSecond, r.Asked = pagePace, int(paceTime.Seconds()*pagePace)
	return evenly(ctx, r.Asked, time.Second/pagePace, func(ctx context.Context) error { return ask(ctx, client, url) })
}

// evenly calls f n times, so long apart, whether earlier calls have returned or not.
// It ends with the first error, once all calls have returned.
func evenly(ctx context.Context, n int, apart time.Duration, f func(context.Context) error) error {
	all, together := errgroup.WithContext(ctx)
	start := time.Now()
	for i := range n {
		next := time.NewTimer(time.Until(start.Add(time.Duration(i) * apart)))
		select {
		case <-next.C:
			all.Go(func() error { return f(together) })
		case <-together.Done():
			next.Stop()
			return cmp.Or(all.Wait(), ctx.Err())
		}
	}
	return all.Wait()
}

func ask(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Encoding", pageEncoding)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Encoding") != pageEncoding {
		return fmt.Errorf("%s is answered by %s, encoded %q", url, resp.Status, resp.Header.Get("Content-Encoding"))
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
