package preview

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"manche/content"
	"manche/web/view"
)

// policy is what the pages of ours may load: what those of the site may, and
// these themselves in frames.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// answer sends a page of ours.
func answer(w http.ResponseWriter, c component) {
	body := draw(c)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	w.Write(body) // a client that left hears nothing
}

// list shows all that there is to mend, and the pages.
func (s *Server) list(w http.ResponseWriter, _ *http.Request) {
	now := s.current.Load()
	lang := s.voice.Lang()
	l := view.PreviewList{Preview: s.bar(now), Files: byFile(now.Defects, lang)}
	for _, lesson := range now.Site.Course.Lessons() {
		l.Lessons = append(l.Lessons, view.Link{Path: "lessons/" + lesson.Slug, Text: lesson.Pages[lang].Title})
	}
	for _, ex := range now.Site.Catalog.All() {
		l.Exercises = append(l.Exercises, view.Link{Path: "exercises/" + ex.Slug, Text: ex.Prose[lang].Title})
	}
	answer(w, view.PreviewListPage(s.shell(now, s.voice.Say("web.preview.label")), l))
}

// byFile groups the defects, in the order of the files.
func byFile(defects []Defect, lang content.Lang) []view.DefectiveFile {
	sorted := slices.SortedStableFunc(slices.Values(defects), func(a, b Defect) int { return strings.Compare(a.File, b.File) })
	var files []view.DefectiveFile
	for _, d := range sorted {
		if n := len(files); n == 0 || files[n-1].Name != d.File {
			files = append(files, view.DefectiveFile{Name: d.File, Page: addressOf(d.File, lang)})
		}
		last := &files[len(files)-1]
		last.Defects = append(last.Defects, view.PlacedDefect{File: d.File, Line: d.Line, Text: d.Text})
	}
	return files
}

// addressOf is where a file is read: in its own language if it has one, else in
// the author's; or "".
func addressOf(file string, lang content.Lang) string {
	page := pageOf(file)
	if page == "" {
		return ""
	}
	for _, own := range content.Langs {
		if strings.HasSuffix(file, "/"+string(own)+".md") {
			lang = own
		}
	}
	return "/" + string(lang) + "/" + page
}

// beside shows a page in both languages. Whether there is such a page, the frames
// tell.
func (s *Server) beside(w http.ResponseWriter, r *http.Request) {
	now, kind, slug := s.current.Load(), r.PathValue("kind"), r.PathValue("slug")
	if kind != "lessons" && kind != "exercises" {
		s.page(w, r)
		return
	}
	shell := s.shell(now, slug)
	b := view.Beside{Preview: s.bar(now), Title: slug}
	for _, lang := range content.Langs {
		b.Frames = append(b.Frames, view.Frame{
			Lang: string(lang), Address: "/" + string(lang) + "/" + kind + "/" + slug, Title: shell.Say("web.switch." + string(lang)),
		})
	}
	answer(w, view.BesidePage(shell, b))
}
