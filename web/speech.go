package web

import (
	"encoding/json"
	"slices"

	"manche/grader"
)

// speak puts the findings of a stored verdict into the words of now: what has been
// mended in a sentence is mended for whoever was told it before. A finding keeps its
// words where its sentence is known no longer, or asks for what it does not have.
func (s *Server) speak(v *grader.Verdict) {
	for i, f := range v.Findings {
		f.Goroutines = slices.Clone(f.Goroutines)
		if f.Speak(s.Messages) == nil {
			v.Findings[i] = f
		}
	}
}

// spoken is a stored verdict, or nil, in the words of now. One of another version is
// as it was stored.
func (s *Server) spoken(stored json.RawMessage) json.RawMessage {
	var v grader.Verdict
	if stored == nil || json.Unmarshal(stored, &v) != nil || v.Version != grader.Version {
		return stored
	}
	s.speak(&v)
	raw, err := json.Marshal(&v)
	if err != nil {
		return stored
	}
	return raw
}
