package preview

import (
	"fmt"
	"net/http"
	"time"
)

// Rhythm of the stream.
const (
	heartbeat = 15 * time.Second // shows that the page is still there
	sendTime  = 10 * time.Second // what a page gets to take one event
)

// events tells a page which edition is being shown, now and whenever another one
// is, by the event "edition", whose data is its name.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	ctrl := http.NewResponseController(w)
	send := func(text string) error {
		// Not every connection has deadlines; those of a listener do.
		_ = ctrl.SetWriteDeadline(time.Now().Add(sendTime))
		if _, err := fmt.Fprint(w, text); err != nil {
			return err
		}
		return ctrl.Flush()
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for now := s.current.Load(); ; {
		if send(fmt.Sprintf("retry: 500\nevent: edition\ndata: %s\n\n", now.id)) != nil {
			return
		}
		if !s.await(r, now, beat.C, send) {
			return
		}
		now = s.current.Load()
	}
}

// await returns true once a state has been replaced, and false when the stream is
// to end.
func (s *Server) await(r *http.Request, now *state, beat <-chan time.Time, send func(string) error) bool {
	for {
		select {
		case <-now.replaced:
			return true
		case <-beat:
			if send(": still here\n\n") != nil {
				return false
			}
		case <-r.Context().Done():
			return false
		case <-s.stopping:
			return false
		}
	}
}
