package web

import (
	"errors"
	"net/http"
	"regexp"
	"time"

	"manche/content"
)

// runAPI runs a program and tells of it by Server-Sent Events on the same answer:
// "state", "output" and "finding" as they come, then exactly one "result" or
// "error", which is the end. A client that leaves ends its program. When the server
// stops, the stream breaks off.
func (s *Server) runAPI(w http.ResponseWriter, r *http.Request) error {
	req, err := postedJSON(r)
	if err != nil {
		return err
	}
	j, err := s.begin(r, req.Files)
	if err != nil {
		return err
	}
	defer j.end()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	n := &narrator{server: s, stream: newStream(w), job: j, lang: s.apiLang(r), prefix: fragmentOf(r)}
	_ = n.stream.ctrl.Flush() // whoever waits knows at once that it was accepted
	if err := n.narrate(r); err != nil && r.Context().Err() == nil {
		s.Log.Warn("the stream of a run broke off", "error", err)
	}
	return nil
}

// fragmentName is what may name a place on a page.
var fragmentName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// fragmentOf returns the place on the page for which a result is wanted as HTML, or
// "": its ids begin with it.
func fragmentOf(r *http.Request) string {
	name := r.URL.Query().Get("fragment")
	if !fragmentName.MatchString(name) {
		return ""
	}
	return name
}

// narrator tells one client of its run.
type narrator struct {
	server *Server
	stream *stream
	job    *job
	lang   content.Lang
	prefix string // of the ids in the fragment; "" where none is wanted
	told   standing
}

// narrate tells until the end, the client's leaving, or the server's stopping.
func (n *narrator) narrate(r *http.Request) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var over bool
		var err error
		select {
		case <-r.Context().Done():
			return nil
		case <-n.server.stopping:
			return nil
		case <-beat.C:
			err = n.stream.beat()
		case <-n.job.news:
			over, err = n.pass(n.job.take())
		}
		if over || err != nil {
			return err
		}
	}
}

// pass hands on what there is to tell.
func (n *narrator) pass(t told) (over bool, err error) {
	if t.state != nil && *t.state != n.told {
		n.told = *t.state
		err = n.stream.send("state", raw(n.told))
	}
	if t.output != "" && err == nil {
		err = n.stream.send("output", raw(textJSON{t.output}))
	}
	for _, f := range t.findings {
		if err == nil && f.Speak(n.server.Messages) == nil { // else the result will fail to be, and say so
			err = n.stream.send("finding", raw(f))
		}
	}
	if t.end == nil || err != nil {
		return false, err
	}
	return true, n.result(t)
}

// errorJSON is the data of an "error" event: "internal" where we failed, "replaced"
// where the learner has begun another run.
type errorJSON struct {
	Error string `json:"error"`
}

// result tells what came of it.
func (n *narrator) result(t told) error {
	switch err := t.end.err; {
	case errors.Is(err, errReplaced):
		return n.stream.send("error", raw(errorJSON{"replaced"}))
	case n.server.fault(err):
		return n.stream.send("error", raw(errorJSON{"internal"}))
	case err != nil:
		return nil // nobody listens
	}
	out := resultOf(t.end.ran, t.cut)
	if n.prefix != "" {
		var err error
		if out.Sentence, out.HTML, err = n.server.ranFragment(n.lang, n.prefix, n.job.files, t.end.ran); err != nil {
			return err
		}
	}
	return n.stream.send("result", raw(out))
}
