package prog

// Session is somebody's visit.
type Session struct{ user string }

// Find looks a session up.
func Find(sessions map[string]*Session, id string) string {
	s := sessions[id]
	return s.user
}
