//go:build linux

package main_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unshown are the pages, below the language, that the planted course has on its list
// and cannot show: too much is wrong with them.
var unshown = []string{
	"exercises/apart", "exercises/in-the-dark", "exercises/misdeclared", "exercises/nothing-to-test", "exercises/unlike",
	"exercises/unreadable", "exercises/unreadable-go", "lessons/notes.md",
}

// Whatever is wrong with a course, each of its pages can be looked at, and each
// defect that needs no run is listed, with its line and its remedy beside the file.
func TestPreviewOfPlantedDefects(t *testing.T) {
	var report struct{ Defects []plant }
	if err := json.Unmarshal(runPlanted(t, "--json"), &report); err != nil {
		t.Fatal("reading the defects:", err)
	}
	w := &written{folder: planted}
	w.preview(t)
	list := w.page(t, "/preview/", http.StatusOK)
	pages := regexp.MustCompile(`href="(/(?:en|fr|preview)/[^"#]*)"`).FindAllStringSubmatch(list, -1)
	if len(pages) < 20 {
		t.Fatalf("the list leads to %d pages:\n%s", len(pages), list)
	}
	for _, m := range pages {
		want := http.StatusOK
		if _, below, _ := strings.Cut(m[1][1:], "/"); slices.Contains(unshown, below) {
			want = http.StatusNotFound
		}
		if r := w.anybody().get(t, m[1]); r.status != want {
			t.Errorf("GET %s answers %d, want %d", m[1], r.status, want)
		}
	}
	listed := listedDefects(list)
	for _, p := range report.Defects {
		if strings.HasPrefix(p.Kind, "proof.") || strings.HasPrefix(p.Kind, "lesson.run_") {
			continue // only a run shows it
		}
		want := p.Text["en"]
		if p.Line > 0 {
			want = fmt.Sprintf("line %d %s", p.Line, want)
		}
		if want = plainly(want); !slices.Contains(listed[p.File], want) {
			t.Errorf("a defect of the kind %s in %s is not listed as %q, but %q", p.Kind, p.File, want, listed[p.File])
		}
	}
}

// listedDefects are the defects on the list, in plain text, by file.
func listedDefects(list string) map[string][]string {
	listed := make(map[string][]string)
	item := regexp.MustCompile(`(?s)<li>(.*?)</li>`)
	for _, section := range strings.Split(list, `<section class="authoring-file">`)[1:] {
		section, _, _ = strings.Cut(section, "</section>")
		heading, _, _ := strings.Cut(section, "</h2>")
		file := plainly(unmarked(heading))
		for _, m := range item.FindAllStringSubmatch(section, -1) {
			listed[file] = append(listed[file], plainly(unmarked(m[1])))
		}
	}
	return listed
}

// unmarked is a piece of a page as text.
func unmarked(page string) string {
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))
}

// plainly is a text without what print makes of spaces and apostrophes.
func plainly(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u2019", "'")), " ")
}
