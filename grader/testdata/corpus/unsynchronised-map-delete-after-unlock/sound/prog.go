package corpus

import (
	"sync"
	"time"
)

// Session is what the site remembers of a visitor.
type Session struct {
	User    string
	Expires time.Time
}

// Sessions keeps sessions until they expire. It is safe for concurrent use.
type Sessions struct {
	now     func() time.Time
	mu      sync.Mutex
	byID    map[string]Session
	expired int
}

// NewSessions returns an empty store that reads the time from now.
func NewSessions(now func() time.Time) *Sessions {
	return &Sessions{now: now, byID: make(map[string]Session)}
}

// Put stores a session for the given time.
func (s *Sessions) Put(id, user string, ttl time.Duration) {
	session := Session{User: user, Expires: s.now().Add(ttl)}
	s.mu.Lock()
	s.byID[id] = session
	s.mu.Unlock()
}

// User returns whose session it is. A session past its time is forgotten.
func (s *Sessions) User(id string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.byID[id]
	if !ok {
		return "", false
	}
	if session.Expires.Before(s.now()) {
		delete(s.byID, id)
		s.expired++
		return "", false
	}
	return session.User, true
}

// Len returns how many sessions are kept, and how many have expired so far.
func (s *Sessions) Len() (kept, expired int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byID), s.expired
}
