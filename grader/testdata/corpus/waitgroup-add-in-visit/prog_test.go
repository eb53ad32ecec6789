package corpus

import (
	"strings"
	"sync"
	"testing"
)

func docs() map[string]Page {
	body := strings.Repeat("a channel carries values between goroutines ", 60)
	return map[string]Page{
		"/":          {"Home", body, []string{"/guide", "/blog"}},
		"/guide":     {"Guide", body, []string{"/guide/one", "/guide/two", "/"}},
		"/guide/one": {"One", body, []string{"/guide/two"}},
		"/guide/two": {"Two", body, []string{"/guide/one", "/lost"}},
		"/blog":      {"Blog", body, []string{"/blog/2024", "/guide"}},
		"/blog/2024": {"Archive", body, nil},
	}
}

func TestCrawlsFindEveryPage(t *testing.T) {
	pages := docs()
	site := func(path string) (Page, bool) {
		p, ok := pages[path]
		return p, ok
	}
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			titles, words := NewCrawler(site).Crawl("/")
			if got, want := strings.Join(titles, " "), "Archive Blog Guide Home One Two"; got != want {
				t.Errorf("titles = %q, want %q", got, want)
			}
			if want := 6 * 60 * 6; words != want {
				t.Errorf("words = %d, want %d", words, want)
			}
		})
	}
	wg.Wait()
}
