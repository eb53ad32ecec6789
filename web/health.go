package web

import (
	"encoding/json"
	"net/http"
)

// healthz says that the process is alive.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz says whether submissions are judged yet, and how far that is.
func (s *Server) readyz(w http.ResponseWriter, _ *http.Request) error {
	ready, done, total := true, 0, 0
	if s.Ready != nil {
		ready, done, total = s.Ready.Progress()
	}
	status := http.StatusOK
	if !ready {
		status = http.StatusServiceUnavailable
	}
	return writeJSON(w, status, map[string]any{"ready": ready, "done": done, "total": total})
}

// writeJSON answers with a value. Nothing of it may be kept by anyone on the way.
func writeJSON(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(body) // a client that left hears nothing
	return nil
}
