package preview_test

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
	"manche/web"
	"manche/web/preview"
	"manche/web/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// withSentences is a course with the program's sentences.
type withSentences struct{ course fs.FS }

// Open opens a file of the course, or the sentences.
func (w withSentences) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "messages") {
		return content.FS.Open(name)
	}
	return w.course.Open(name)
}

// edition is a course of one lesson, whose body begins at line 6.
func edition(t *testing.T, body string) preview.Edition {
	t.Helper()
	page := &fstest.MapFile{Data: []byte("---\ntitle: One\nsummary: Summary.\nminutes: 5\n---\n" + body)}
	files := withSentences{fstest.MapFS{"lessons/01-one/fr.md": page, "lessons/01-one/en.md": page}}
	catalog, _, err := exercises.Load(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	course, _, err := lessons.Load(files, catalog, lessons.WhileWritten)
	if err != nil {
		t.Fatal(err)
	}
	data, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "manche.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	site, err := web.New(web.Config{
		Course: course, Catalog: catalog, Messages: sentences(t), Store: data, Revision: func(string) string { return "" },
	})
	if err != nil {
		t.Fatal(err)
	}
	return preview.Edition{Site: site}
}

func sentences(t *testing.T) *content.Messages {
	t.Helper()
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// open serves a preview until the test ends.
func open(t *testing.T, first preview.Edition) (*preview.Server, *httptest.Server) {
	t.Helper()
	p := preview.New(sentences(t).In(content.EN), first)
	srv := httptest.NewServer(p)
	t.Cleanup(func() {
		p.EndStreams()
		srv.Close()
	})
	return p, srv
}

func get(t *testing.T, srv *httptest.Server, path string) string {
	t.Helper()
	resp, err := srv.Client().Get(srv.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestDefectsStandAtTheirBlocks(t *testing.T) {
	const file, body = "lessons/01-one/en.md", "One.\n\nTwo.\nStill two.\n\n- three\n"
	first := edition(t, body)
	p, srv := open(t, first)
	for _, tc := range []struct {
		name   string
		defect preview.Defect
		before string // the text of the block; "" for the top of the page
	}{
		{"the first line of a block", preview.Defect{File: file, Line: 8}, "Two."},
		{"a later line of it", preview.Defect{File: file, Line: 9}, "Two."},
		{"the line after it", preview.Defect{File: file, Line: 10}, "Two."},
		{"the last block", preview.Defect{File: file, Line: 11}, "three"},
		{"the front matter", preview.Defect{File: file, Line: 2}, ""},
		{"the whole file", preview.Defect{File: file}, ""},
		{"behind the text", preview.Defect{File: file, Line: 99}, ""},
		{"another file of the folder", preview.Defect{File: "lessons/01-one/notes.txt"}, ""},
	} {
		tc.defect.Text = "Mend <this>."
		p.Show(preview.Edition{Site: first.Site, Defects: []preview.Defect{tc.defect}})
		page := get(t, srv, "/en/lessons/one")
		_, rest, placed := strings.Cut(page, `id="defect-1"`)
		switch {
		case !strings.Contains(page, tc.defect.File) || !strings.Contains(page, "Mend &lt;this&gt;."):
			t.Errorf("%s: the page does not say it:\n%s", tc.name, page)
		case placed != (tc.before != ""):
			t.Errorf("%s: at a place of its own: %t", tc.name, placed)
		case placed:
			_, rest, _ = strings.Cut(rest, "</aside>")
			if text := rest[:min(len(rest), 30)]; !strings.Contains(text, tc.before) {
				t.Errorf("%s: it stands before %q, want it before %q", tc.name, text, tc.before)
			}
		}
	}
}

// Open pages are told of each edition, and of why there is none.
func TestPagesAreTold(t *testing.T) {
	p, srv := open(t, edition(t, "One.\n"))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL+"/preview/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	told := func() string {
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return name
			}
		}
		t.Fatalf("the stream has ended: %v", lines.Err())
		return ""
	}
	for i, change := range []func(){
		func() {},
		func() { p.Show(edition(t, "Two.\n")) },
		func() { p.Fail("no <more>") },
		func() { p.Show(edition(t, "Three.\n")) },
	} {
		change()
		name := told()
		page := get(t, srv, "/en/lessons/one")
		if !strings.Contains(page, `data-edition="`+name+`"`) {
			t.Errorf("change %d: the page is not of the edition that was told, %s", i, name)
		}
		if failed := strings.Contains(page, "no &lt;more&gt;"); failed != (i == 2) {
			t.Errorf("change %d: the page says that the course cannot be loaded: %t", i, failed)
		}
	}
	p.EndStreams()
	if lines.Scan(); lines.Err() != nil && ctx.Err() == nil {
		t.Errorf("the stream breaks off: %v", lines.Err())
	}
}

// An edition that comes when the preview is ending holds up nobody.
func TestLateEditionEndsItsStreams(t *testing.T) {
	p, srv := open(t, edition(t, "One.\n"))
	late := edition(t, "Two.\n")
	sub, _, err := late.Site.Store.Accept(t.Context(), store.New{Learner: "ann", Exercise: "leak"})
	if err != nil {
		t.Fatal(err)
	}
	p.EndStreams()
	p.Show(late)
	srv.Client().Timeout = 10 * time.Second
	if got := get(t, srv, "/api/v1/submissions/"+sub.ID+"/events"); !strings.Contains(got, `"queued"`) {
		t.Errorf("the stream says %q", got)
	}
}
