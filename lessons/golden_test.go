package lessons_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file of testdata.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update rewrites it); got:\n%s", file, got)
	}
}

// TestPages renders each folder of testdata/pages, a lesson, and compares both
// pages with fr.golden and en.golden.
func TestPages(t *testing.T) {
	dirs, err := filepath.Glob("testdata/pages/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			course, defects := pair(t, read(t, dir, "fr.md"), read(t, dir, "en.md"))
			for _, d := range defects {
				t.Errorf("%s %v", place(d), d.Params)
			}
			lesson, ok := course.Lesson("one")
			if !ok {
				t.Fatal("no lesson")
			}
			for _, lang := range content.Langs {
				golden(t, filepath.Join(dir, string(lang)+".golden"), dump(lesson.Pages[lang]))
			}
		})
	}
}

// TestSections renders Markdown as it stands in exercises.
func TestSections(t *testing.T) {
	course, _ := load(t, nil)
	for _, lang := range content.Langs {
		markdown := read(t, "testdata/section", string(lang)+".md")
		html, defects := course.Render(lang, exercises.Section{Markdown: markdown, File: "a", Line: 1})
		for _, d := range defects {
			t.Errorf("%s %v", place(d), d.Params)
		}
		golden(t, "testdata/section/"+string(lang)+".golden", html)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// dump writes all that a page holds.
func dump(p *lessons.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nsummary: %s\nminutes: %d\nexercises: %q\n", p.Title, p.Summary, p.Minutes, p.Exercises)
	for _, h := range p.Sections {
		fmt.Fprintf(&b, "heading %d #%s: %s\n", h.Level, h.ID, h.Text)
	}
	for _, part := range p.Body {
		switch {
		case part.Activity != nil:
			printActivity(&b, part.Activity)
		case part.Run != nil:
			printRun(&b, part.Run)
		case part.Exercise != "":
			fmt.Fprintf(&b, "\n=== exercise %s\n", part.Exercise)
		default:
			fmt.Fprintf(&b, "\n=== prose\n%s", part.HTML)
		}
	}
	return b.String()
}

func printRun(b *strings.Builder, r *lessons.Runnable) {
	fmt.Fprintf(b, "\n=== %s expect=%s lines=%d\n%s%s", r.ID, r.Expect, r.Lines, r.Code, r.HTML)
}

func printActivity(b *strings.Builder, a *lessons.Activity) {
	fmt.Fprintf(b, "\n=== %s: %s verdict=%q exercise=%q\n", a.Kind, a.ID, a.Verdict, a.Exercise)
	fmt.Fprintf(b, "--- question\n%s", a.Question)
	if a.Code != "" {
		fmt.Fprintf(b, "--- code\n%s%s", a.Code, a.CodeHTML)
	}
	if a.Run != nil {
		printRun(b, a.Run)
	}
	if a.After != "" {
		fmt.Fprintf(b, "--- after\n%s", a.After)
	}
	for i, c := range a.Choices {
		fmt.Fprintf(b, "--- choice %d right=%t\n%s\n", i, i == a.Right, c.HTML)
	}
	fmt.Fprintf(b, "--- answer\n%s--- prompt\n%s", a.Answer, a.Prompt)
}
