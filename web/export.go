package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"manche/content"
	"manche/grader/queue"
	"manche/web/store"
)

// exportVersion names the shape of an export; it changes with any field.
const exportVersion = 2

// An export is one JSON object: "version", "exported_at", and the lists
// "submissions", "drafts", "answers" and "cards", whose elements are the types
// below: those of all courses, each with what the addresses of its course begin
// with. Times are RFC 3339. The learner's key is not in it: who has the file shall
// not have the key.
type (
	exportedSubmission struct {
		Course       string            `json:"course,omitempty"`
		ID           string            `json:"id"`
		Exercise     string            `json:"exercise"`
		AcceptedAt   time.Time         `json:"accepted_at"`
		FinishedAt   *time.Time        `json:"finished_at"` // null while unfinished
		State        queue.State       `json:"state"`
		SupersededBy string            `json:"superseded_by,omitempty"`
		Files        map[string]string `json:"files"`
		Verdict      json.RawMessage   `json:"verdict"` // null until done
	}
	exportedDraft struct {
		Course   string            `json:"course,omitempty"`
		Exercise string            `json:"exercise"`
		SavedAt  time.Time         `json:"saved_at"`
		Files    map[string]string `json:"files"`
	}
	exportedAnswer struct {
		Course   string    `json:"course,omitempty"`
		Lesson   string    `json:"lesson"`
		Activity string    `json:"activity"`
		SavedAt  time.Time `json:"saved_at"`
		Choice   string    `json:"choice,omitempty"`
		Text     string    `json:"text,omitempty"`
	}
	exportedCard struct {
		Course     string    `json:"course,omitempty"`
		Lesson     string    `json:"lesson"`
		Activity   string    `json:"activity"`
		Stability  float64   `json:"stability_days"`
		Difficulty float64   `json:"difficulty"`
		Due        time.Time `json:"due"`
		RatedAt    time.Time `json:"rated_at"`
		Ratings    int       `json:"ratings"`
		Lapses     int       `json:"lapses"`
	}
)

// export sends everything that is kept about the reader, as a file. It is written
// as it is read, so that a long history takes no memory; where reading fails
// midway, the connection is broken off, for half a file must not look like one.
func (s *Server) export(w http.ResponseWriter, r *http.Request, _ content.Lang) error {
	key := learner(r)
	kept, err := s.writings(r.Context(), key)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="manche.json"`)
	w.Header().Set("Cache-Control", "private, no-store")
	out := &exporter{w: bufio.NewWriter(w), ctrl: http.NewResponseController(w)}
	out.begin(s.Now())
	for _, site := range s.courses() {
		err := site.Store.EachSubmission(r.Context(), key, func(sub store.Submission) error { return out.element(site.submissionOut(sub)) })
		if err != nil {
			if r.Context().Err() == nil {
				s.Log.Error("an export broke off", "error", err)
			}
			panic(http.ErrAbortHandler)
		}
	}
	list(out, "drafts", kept.drafts)
	list(out, "answers", kept.answers)
	list(out, "cards", kept.cards)
	out.end()
	return nil
}

// writings are all that is kept of a learner but submissions.
type writings struct {
	drafts  []exportedDraft
	answers []exportedAnswer
	cards   []exportedCard
}

// writings reads those of all courses.
func (s *Server) writings(ctx context.Context, key string) (all writings, err error) {
	for _, site := range s.courses() {
		drafts, err := site.Store.Drafts(ctx, key)
		if err != nil {
			return all, err
		}
		answers, err := site.Store.Answered(ctx, key)
		if err != nil {
			return all, err
		}
		cards, err := site.Store.Cards(ctx, key)
		if err != nil {
			return all, err
		}
		for _, d := range drafts {
			all.drafts = append(all.drafts, exportedDraft{site.Root, d.Exercise, d.At.UTC(), d.Files})
		}
		for _, a := range answers {
			all.answers = append(all.answers, exportedAnswer{site.Root, a.Lesson, a.Activity, a.At.UTC(), a.Choice, a.Text})
		}
		for _, c := range cards {
			all.cards = append(all.cards, exportedCard{site.Root, c.Lesson, c.Activity, c.Stability, c.Difficulty, c.Due.UTC(), c.Last.UTC(), c.Reps, c.Lapses})
		}
	}
	return all, nil
}

func (s *Server) submissionOut(sub store.Submission) exportedSubmission {
	out := exportedSubmission{
		Course: s.Root, ID: sub.ID, Exercise: sub.Exercise, AcceptedAt: sub.AcceptedAt.UTC(), State: sub.State,
		SupersededBy: sub.SupersededBy, Files: sub.Files, Verdict: s.spoken(sub.Verdict),
	}
	if !sub.FinishedAt.IsZero() {
		at := sub.FinishedAt.UTC()
		out.FinishedAt = &at
	}
	return out
}

// exporter writes the object. A client that left hears nothing: what goes wrong
// with writing is kept by the buffer and comes to no one.
type exporter struct {
	w    *bufio.Writer
	ctrl *http.ResponseController
	some bool // the list has elements
}

func (e *exporter) begin(now time.Time) {
	head, _ := json.Marshal(now.UTC().Truncate(time.Second)) // a time of this century
	fmt.Fprintf(e.w, `{"version":%d,"exported_at":%s,"submissions":[`, exportVersion, head)
}

// element adds to the list that is open.
func (e *exporter) element(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if e.some {
		e.w.WriteByte(',')
	}
	e.some = true
	_ = e.ctrl.SetWriteDeadline(time.Now().Add(sendTime)) // the whole may take longer than a page
	_, err = e.w.Write(append([]byte{'\n'}, body...))
	return err
}

// list closes the list that is open and writes another.
func list[T any](e *exporter, name string, all []T) {
	io.WriteString(e.w, "],\n\""+name+`":[`)
	e.some = false
	for _, v := range all {
		e.element(v) // strings, numbers and times only
	}
}

func (e *exporter) end() {
	io.WriteString(e.w, "]}\n")
	e.w.Flush()
}
