package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"manche/content"
	"manche/exercises"
	"manche/grader/queue"
	"manche/lessons"
	"manche/web"
	"manche/web/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// slug is the exercise of the course that the tests use.
const slug = "fix-the-leak"

// site is a server on a real store, with a browser that keeps cookies.
type site struct {
	*httptest.Server
	web     *web.Server
	store   *store.Store
	catalog *exercises.Catalog
	client  *http.Client
}

// parts are what a course is made of; they never change.
type parts struct {
	messages *content.Messages
	catalog  *exercises.Catalog
	course   *lessons.Course
}

// loaded is the course below testdata, with the real sentences and exercises.
var loaded = sync.OnceValues(func() (p parts, err error) {
	if p.messages, err = content.LoadMessages(content.FS); err != nil {
		return p, err
	}
	if p.catalog, _, err = exercises.Load(exercises.FS); err != nil {
		return p, err
	}
	files := fstest.MapFS{}
	err = errors.Join(add(files, os.DirFS("testdata"), "lessons"), add(files, content.FS, "messages"), add(files, content.FS, "glossary.toml"))
	if err != nil {
		return p, err
	}
	var defects []exercises.Defect
	if p.course, defects, err = lessons.Load(files, p.catalog); len(defects) > 0 {
		err = fmt.Errorf("defects in the test's course: %+v", defects)
	}
	return p, err
})

// add copies what is below root.
func add(files fstest.MapFS, fsys fs.FS, root string) error {
	return fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
}

// config returns what a server of the tests' course is made of.
func config(t *testing.T, options ...store.Option) web.Config {
	t.Helper()
	p, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "manche.db"), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return web.Config{
		Course: p.course, Catalog: p.catalog, Messages: p.messages, Store: db,
		Revision: func(string) string { return "revision" }, Schema: []byte(`{"title":"verdict"}`),
		Passing: true, // compressing every page for every test would take most of its time
	}
}

// open starts a site without a queue.
func open(t *testing.T, change ...func(*web.Config)) *site {
	t.Helper()
	c := config(t)
	catalog := c.Catalog.(*exercises.Catalog)
	for _, f := range change {
		f(&c)
	}
	srv, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Server: httptest.NewServer(srv), web: srv, store: c.Store.(*store.Store), catalog: catalog}
	s.client = &http.Client{
		Jar: jar, Transport: &http.Transport{DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		s.Server.Close()
	})
	return s
}

// judging gives the site a queue that answers with verdict.
func (s *site) judging(t *testing.T, judge queue.Judge) {
	t.Helper()
	q := queue.Start(context.WithoutCancel(t.Context()), queue.Config{Ledger: s.store, Judge: judge})
	t.Cleanup(q.Close)
	s.web.Attach(q)
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a request; headers are name, value pairs.
func (s *site) send(t *testing.T, method, path, body string, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}

func (s *site) get(t *testing.T, path string, headers ...string) answer {
	t.Helper()
	return s.send(t, "GET", path, "", headers...)
}

// submit posts code as a program does.
func (s *site) submit(t *testing.T, code string, headers ...string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"files": map[string]string{"search.go": code}})
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, "POST", submissions, string(body), append([]string{"Content-Type", "application/json"}, headers...)...)
}

const (
	submissions = "/api/v1/exercises/" + slug + "/submissions"
	form        = "application/x-www-form-urlencoded"
)

func decode[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("decoding %q: %v", body, err)
	}
	return v
}

// finished waits by the event stream until a submission has its verdict.
func (s *site) finished(t *testing.T, id string) status {
	t.Helper()
	s.get(t, "/api/v1/submissions/"+id+"/events") // ends with the verdict
	return decode[status](t, s.get(t, "/api/v1/submissions/"+id).body)
}

// deadline bounds what a test waits for: far beyond a slow machine, well below
// the limit of go test.
const deadline = time.Minute

// serverAt lets the helpers talk to a server that a test started itself.
func serverAt(url string) *httptest.Server { return &httptest.Server{URL: url} }
