package web

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"strings"
)

// learnerCookie holds the key to what a learner has sent. Whoever has it, is
// the learner; it is unguessable and never shown.
const learnerCookie = "manche_learner"

// cookieSeconds keeps a learner's key for 400 days, the longest that browsers
// grant (RFC 6265bis).
const cookieSeconds = 400 * 24 * 60 * 60

// learnerKey is the form of a key: 26 characters of base32, 130 bits.
var learnerKey = regexp.MustCompile(`^[a-z2-7]{26}$`)

// learner returns the key that the request carries, or "".
func learner(r *http.Request) string {
	c, err := r.Cookie(learnerCookie)
	if err != nil || !learnerKey.MatchString(c.Value) {
		return ""
	}
	return c.Value
}

// enrol returns the request's key, or a new one that goes out with the answer.
// It is called only where something is going to be kept.
func (s *Server) enrol(w http.ResponseWriter, r *http.Request) string {
	if key := learner(r); key != "" {
		return key
	}
	key := strings.ToLower(rand.Text())
	s.setLearner(w, r, key, cookieSeconds)
	return key
}

// setLearner makes the browser carry a key for so many seconds; below 0, none
// any more.
func (s *Server) setLearner(w http.ResponseWriter, r *http.Request, key string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: learnerCookie, Value: key, Path: "/", MaxAge: seconds,
		Secure: s.https(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// https reports whether the browser came over https, here or at the proxy.
func (s *Server) https(r *http.Request) bool { return s.secure || r.TLS != nil }
