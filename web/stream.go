package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// sendTime is what a client gets to take one event: longer, and it has gone
// without saying so.
const sendTime = 10 * time.Second

// stream writes Server-Sent Events.
type stream struct {
	w    http.ResponseWriter
	ctrl *http.ResponseController
}

func newStream(w http.ResponseWriter) *stream {
	return &stream{w: w, ctrl: http.NewResponseController(w)}
}

// send writes one event. The data is made compact: a line break would end it.
func (s *stream) send(name string, data json.RawMessage) error {
	var line bytes.Buffer
	if err := json.Compact(&line, data); err != nil {
		return fmt.Errorf("event %q: %w", name, err)
	}
	return s.write(fmt.Sprintf("event: %s\ndata: %s\n\n", name, line.Bytes()))
}

// beat writes a comment, which clients ignore and proxies see.
func (s *stream) beat() error { return s.write(": still here\n\n") }

// pause repeats the last state and asks the client to come back in two seconds.
func (s *stream) pause(last standing) error {
	data, err := json.Marshal(last)
	if err != nil {
		return err
	}
	return s.write(fmt.Sprintf("retry: 2000\nevent: state\ndata: %s\n\n", data))
}

func (s *stream) write(text string) error {
	// Not every connection has deadlines; those of the server's listener do.
	_ = s.ctrl.SetWriteDeadline(time.Now().Add(sendTime))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.ctrl.Flush()
}
