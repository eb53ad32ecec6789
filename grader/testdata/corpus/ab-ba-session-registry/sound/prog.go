package corpus

import "sync"

// Registry knows the open sessions of a chat server.
type Registry struct {
	mu       sync.Mutex
	sessions map[string]*Session
}

// Session is one user's connection.
type Session struct {
	user string
	reg  *Registry

	mu     sync.Mutex
	inbox  []string
	closed bool
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry {
	return &Registry{sessions: make(map[string]*Session)}
}

// Open starts a session for the user.
func (r *Registry) Open(user string) *Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &Session{user: user, reg: r}
	r.sessions[user] = s
	return s
}

// Broadcast delivers the message to all open sessions.
func (r *Registry) Broadcast(message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.sessions {
		s.mu.Lock()
		if !s.closed {
			s.inbox = append(s.inbox, message)
		}
		s.mu.Unlock()
	}
}

// Close ends the session and returns what its user received. Closing again
// returns the same.
func (s *Session) Close() []string {
	s.mu.Lock()
	first, inbox := !s.closed, s.inbox
	s.closed = true
	s.mu.Unlock()
	if first {
		s.reg.remove(s.user)
	}
	return inbox
}

// Len is the number of open sessions.
func (r *Registry) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.sessions)
}

func (r *Registry) remove(user string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sessions, user)
}
