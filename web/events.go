package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

// Rhythm of a stream.
const (
	// heartbeat keeps proxies from closing a silent connection; common ones do
	// after 30 to 60 seconds.
	heartbeat = 15 * time.Second
	// lookEvery is how often a stream looks into the store while there is no
	// queue to tell it, so that it never waits in vain.
	lookEvery = time.Second
)

// events tells by Server-Sent Events how a submission fares: "state" and
// "finding", then exactly one "verdict" or "error", which is the end. A client
// that comes after the end gets that at once. When the server stops, the stream
// ends with a "state" and the client's next connection finds the next server.
func (s *Server) events(w http.ResponseWriter, r *http.Request) error {
	sub, err := s.Store.Submission(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	f := &follower{server: s, stream: newStream(w), id: sub.ID}
	if err := f.follow(r.Context(), sub); err != nil && r.Context().Err() == nil {
		s.Log.Error("event stream broke off", "submission", sub.ID, "error", err)
	}
	return nil
}

// follower tells one client about one submission.
type follower struct {
	server *Server
	stream *stream
	id     string
	told   standing
}

// standing is the data of a "state" event.
type standing struct {
	State queue.State `json:"state"`
	Place int         `json:"place"`
}

// follow tells until the end, the client's leaving, or the server's stopping.
func (f *follower) follow(ctx context.Context, sub store.Submission) error {
	if over, err := f.tell(ctx, sub); over || err != nil {
		return err
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	events, cancel := f.subscribe()
	defer func() { cancel() }()
	for {
		var over bool
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-f.server.stopping:
			return f.stream.pause(f.told)
		case <-beat.C:
			err = f.stream.beat()
		case e, open := <-events:
			if !open {
				events = nil // the queue is closing: the store knows
				continue
			}
			over, err = f.pass(ctx, e)
		case <-look.C:
			if events == nil {
				cancel()
				events, cancel = f.subscribe()
				over, err = f.look(ctx)
			}
		}
		if over || err != nil {
			return err
		}
	}
}

// subscribe asks the queue to tell; a nil channel while there is none.
func (f *follower) subscribe() (<-chan queue.Event, func()) {
	if q := f.server.attached(); q != nil {
		return q.Subscribe(f.id)
	}
	return nil, func() {}
}

// pass hands on what the queue tells.
func (f *follower) pass(ctx context.Context, e queue.Event) (over bool, err error) {
	if e.State.Final() {
		return f.look(ctx)
	}
	if err := f.state(standing{e.State, e.Place}); err != nil || e.Data == nil {
		return false, err
	}
	return false, f.stream.send("finding", e.Data)
}

// look tells what the store holds.
func (f *follower) look(ctx context.Context) (over bool, err error) {
	sub, err := f.server.Store.Submission(ctx, f.id)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil // its learner has been forgotten
	}
	if err != nil {
		return false, err
	}
	return f.tell(ctx, sub)
}

// tell sends a submission's state, and its end if it has come.
func (f *follower) tell(ctx context.Context, sub store.Submission) (over bool, err error) {
	view := f.server.submissionView(ctx, sub)
	if err := f.state(standing{view.State, view.Place}); err != nil {
		return false, err
	}
	switch {
	case sub.State == queue.Done:
		return true, f.stream.send("verdict", view.Verdict)
	case sub.State.Final():
		data, err := json.Marshal(view)
		if err != nil {
			return true, err
		}
		return true, f.stream.send("error", data)
	}
	return false, nil
}

// state sends where the submission stands, unless that is known.
func (f *follower) state(now standing) error {
	if now == f.told {
		return nil
	}
	f.told = now
	data, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return f.stream.send("state", data)
}
