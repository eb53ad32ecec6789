package web

import (
	"net/http"

	"manche/content"
	"manche/web/store"
	"manche/web/view"
)

// codesPerMinute bounds the recovery codes that one address may try: a class of
// sixty behind one address can move to new machines within two minutes. What
// keeps codes from being guessed is their length; this only keeps those who try
// from being a load.
const codesPerMinute = 30

// showCode shows the recovery code of the reader's own key, on demand.
func (s *Server) showCode(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	key := learner(r)
	if key == "" {
		return s.seeOther(w, r, lang, "progress")
	}
	shell := s.personal(r, lang, "progress", "")
	shell.Title = shell.Say("web.code.title")
	return s.page(w, r, view.CodePage(shell, codeOf(key)))
}

// enterCode makes this browser that of the learner whose code is entered. Where
// the browser has a history of its own, its reader is asked first what shall
// become of it: it is merged, or left behind under a code that the reader is told.
func (s *Server) enterCode(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	if p := s.codes.take(r, s.Now()); p != nil {
		return p
	}
	code := form.Get("code")
	key, ok := keyOf(code)
	if !ok {
		return s.wrongCode(w, r, lang, code, "bad")
	}
	theirs, err := s.held(r.Context(), key)
	if err != nil {
		return err
	}
	if !theirs.Any() {
		return s.wrongCode(w, r, lang, code, "unknown")
	}
	mine, own, err := s.ownHistory(r, key)
	if err != nil {
		return err
	}
	switch choice := form.Get("own"); {
	case mine == "":
	case choice == "merge":
		if err := s.merge(r.Context(), mine, key); err != nil {
			return err
		}
	case choice != "leave":
		return s.askWhatOfMine(w, r, lang, mine, key, own)
	}
	s.setLearner(w, r, key, cookieSeconds)
	return s.seeOther(w, r, lang, "progress?done=moved")
}

// ownHistory returns the reader's own key and what is kept under it, "" where
// that is nothing or the key is the other one already.
func (s *Server) ownHistory(r *http.Request, other string) (string, store.Held, error) {
	mine := learner(r)
	if mine == "" || mine == other {
		return "", store.Held{}, nil
	}
	own, err := s.held(r.Context(), mine)
	if err != nil || !own.Any() {
		return "", own, err
	}
	return mine, own, nil
}

// wrongCode shows the form again, with what was typed and what is wrong with it.
func (s *Server) wrongCode(w http.ResponseWriter, r *http.Request, lang content.Lang, code, fault string) error {
	shell := s.personal(r, lang, "progress", "")
	shell.Title = shell.Say("web.recover.title")
	return s.draw(w, r, http.StatusUnprocessableEntity, view.RecoverPage(shell, view.Recover{Code: code, Fault: fault}))
}

func (s *Server) askWhatOfMine(w http.ResponseWriter, r *http.Request, lang content.Lang, mine, key string, own store.Held) error {
	shell := s.personal(r, lang, "progress", "")
	shell.Title = shell.Say("web.merge.title")
	return s.page(w, r, view.MergePage(shell, view.Merge{Code: codeOf(key), OwnCode: codeOf(mine), Own: heldView(own)}))
}

func heldView(h store.Held) view.Held {
	return view.Held{Submissions: h.Submissions, Drafts: h.Drafts, Answers: h.Answers, Cards: h.Cards}
}
