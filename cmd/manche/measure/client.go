package measure

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"manche/exercises"
)

// submission is what the API says of one.
type submission struct {
	ID      string          `json:"id"`
	State   string          `json:"state"`
	Verdict json.RawMessage `json:"verdict"`
}

const (
	stateSuperseded = "superseded"
	eventVerdict    = "verdict"
)

// call sends a request and reads the whole answer into one, unless that is nil.
func (s *server) call(ctx context.Context, method, path string, body []byte, into *submission) (int, error) {
	resp, err := s.open(ctx, method, path, body)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, fmt.Errorf("reading the server's answer: %w", err)
	}
	if into == nil {
		return resp.StatusCode, nil
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return resp.StatusCode, fmt.Errorf("%s %s is answered by %d: %s", method, path, resp.StatusCode, raw)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return resp.StatusCode, fmt.Errorf("reading the server's answer: %w", err)
	}
	return resp.StatusCode, nil
}

func (s *server) open(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return s.http.Do(req)
}

// posting is the body of a submission.
func posting(files exercises.Files, supersede bool) []byte {
	texts := make(map[string]string, len(files))
	for name, src := range files {
		texts[name] = string(src)
	}
	body, _ := json.Marshal(map[string]any{"files": texts, "supersede": supersede}) // strings only
	return body
}

// submit sends an answer.
func (s *server) submit(ctx context.Context, slug string, body []byte) (submission, error) {
	var sub submission
	_, err := s.call(ctx, http.MethodPost, "/api/v1/exercises/"+slug+"/submissions", body, &sub)
	return sub, err
}

// submitOnce sends an answer under a key, by which the server knows it again.
func (s *server) submitOnce(ctx context.Context, slug, key string, body []byte) (submission, error) {
	var sub submission
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/api/v1/exercises/"+slug+"/submissions", bytes.NewReader(body))
	if err != nil {
		return sub, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	resp, err := s.http.Do(req)
	if err != nil {
		return sub, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		return sub, fmt.Errorf("a submission with a key is answered by %s", resp.Status)
	}
	return sub, json.NewDecoder(resp.Body).Decode(&sub)
}

// read asks how a submission stands.
func (s *server) read(ctx context.Context, id string) (submission, error) {
	var sub submission
	_, err := s.call(ctx, http.MethodGet, "/api/v1/submissions/"+id, nil, &sub)
	return sub, err
}

// verdict waits for the verdict on a submission.
func (s *server) verdict(ctx context.Context, id string) error {
	resp, err := s.open(ctx, http.MethodGet, "/api/v1/submissions/"+id+"/events", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	last := ""
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20) // a verdict with its evidence is one line
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			last = name
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("following a submission: %w", err)
	}
	if last != eventVerdict {
		return fmt.Errorf("the last event of a submission is %q, want a verdict", last)
	}
	return nil
}
