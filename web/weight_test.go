package web_test

import (
	"path"
	"regexp"
	"testing"
)

// What a lesson's page may load, all in all: a few seconds on a slow telephone.
// Units: bytes as they are sent, and requests.
const (
	maxLesson      = 60_000  // without fonts
	maxLessonFonts = 120_000 // with all of them
	maxRequests    = 12
)

var (
	linked = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)
	imaged = regexp.MustCompile(`url\("?([^")]+)"?\)`)
)

// A lesson's page is light, whatever it needs of the site's files; what the reader
// answered, and how many cards are due, are two requests more.
func TestLessonsAreLight(t *testing.T) {
	s := open(t)
	for _, lang := range []string{"fr", "en"} {
		address := "/" + lang + "/lessons/leaks"
		files := map[string]bool{}
		for _, m := range linked.FindAllStringSubmatch(s.get(t, address).body, -1) {
			files[m[1]] = true
		}
		for file := range files {
			if path.Ext(file) == ".css" {
				for _, m := range imaged.FindAllStringSubmatch(s.get(t, file).body, -1) {
					files[path.Join(path.Dir(file), m[1])] = true
				}
			}
		}
		size := func(address string) int { return len(s.get(t, address, "Accept-Encoding", "br").body) }
		bare, fonts := size(address), 0
		for file := range files {
			if path.Ext(file) == ".woff2" {
				fonts += size(file)
			} else {
				bare += size(file)
			}
		}
		requests := 1 + len(files) + 2
		t.Logf("%s: %d bytes, %d with fonts, %d requests", address, bare, bare+fonts, requests)
		if bare > maxLesson || bare+fonts > maxLessonFonts || requests > maxRequests || fonts == 0 {
			t.Errorf("%s: %d bytes, %d with fonts, %d requests; want at most %d, %d, %d", address, bare, bare+fonts, requests, maxLesson, maxLessonFonts, maxRequests)
		}
	}
}
