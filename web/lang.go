package web

import (
	"net/http"

	"golang.org/x/text/language"

	"manche/content"
)

// langCookie remembers the language of the last page, for the front door. It
// says nothing else.
const langCookie = "lang"

// The matchers differ in their first language, which is the one for readers
// whose languages the course does not speak: the site greets in English, as
// the API does.
var tags = []language.Tag{language.English, language.French}

// match finds the best language for an Accept-Language header, and whether the
// header names one that the course speaks.
func match(header string) (content.Lang, bool) {
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(wanted) == 0 {
		return content.EN, false
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return content.EN, false
	}
	return []content.Lang{content.EN, content.FR}[i], true
}

// chosen returns the language that the cookie remembers.
func chosen(r *http.Request) (content.Lang, bool) {
	c, err := r.Cookie(langCookie)
	if err != nil {
		return "", false
	}
	return content.ParseLang(c.Value)
}

// preferred returns the language of a reader on an address without one: the
// one chosen before, else what the browser asks for.
func preferred(r *http.Request) content.Lang {
	if lang, ok := chosen(r); ok {
		return lang
	}
	lang, _ := match(r.Header.Get("Accept-Language"))
	return lang
}

// apiLang returns the language of a program's user: what the request asks for,
// else the cookie, else English.
func (s *Server) apiLang(r *http.Request) content.Lang {
	if lang, ok := match(r.Header.Get("Accept-Language")); ok {
		return lang
	}
	if lang, ok := chosen(r); ok {
		return lang
	}
	return content.EN
}

// front leads from the bare address to the reader's language.
func (s *Server) front(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Accept-Language, Cookie")
	w.Header().Set("Cache-Control", "private, no-cache")
	http.Redirect(w, r, s.Root+"/"+string(preferred(r))+"/", http.StatusFound)
	return nil
}

// remember notes the language of a page for the next visit to the bare address.
func (s *Server) remember(w http.ResponseWriter, r *http.Request, lang content.Lang) {
	if cookie := s.reminder(r, lang); cookie != "" {
		w.Header().Add("Set-Cookie", cookie)
	}
}

// reminder is the cookie that a browser needs to remember a language, "" where it
// has it already.
func (s *Server) reminder(r *http.Request, lang content.Lang) string {
	if known, ok := chosen(r); ok && known == lang {
		return ""
	}
	return langCookies[cookieKind{lang, s.https(r)}]
}

// cookieKind tells the cookies apart that remember a language.
type cookieKind struct {
	lang   content.Lang
	secure bool
}

// langCookies are the few that there are, for the many pages that set one.
var langCookies = func() map[cookieKind]string {
	all := make(map[cookieKind]string)
	for _, lang := range content.Langs {
		for _, secure := range []bool{false, true} {
			c := &http.Cookie{
				Name: langCookie, Value: string(lang), Path: "/", MaxAge: cookieSeconds,
				Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
			}
			all[cookieKind{lang, secure}] = c.String()
		}
	}
	return all
}()
