// Package view draws the pages: templ components over small structs that hold
// finished data. It decides nothing and asks nobody; the words come from the
// page's voice, by key.
//
// The generated files are committed. After a change to a .templ file, run
//
//	go tool templ generate -path web/view
package view

import (
	"html/template"

	"manche/content"
)

// HTML is finished markup that the course rendered from its own files, or that
// the highlighter made of escaped source. It is put on the page as it is.
type HTML = template.HTML

// Shell is what stands around the content of every page.
type Shell struct {
	content.Voice
	Title   string // of the page, without the site's name
	Summary string // one sentence for search engines, or ""
	Path    string // the address below the language: "lessons/leaks", or "" for the home page
	Origin  string // "https://host" for absolute addresses, or "" to leave them relative
	Root    string // what the addresses of the course begin with: "" or "/c/name"
	Asset   func(name string) string
	Scripts []string // logical names of the page's scripts
	// Nonce lets the editor put its style sheet into the page. It is "" on pages
	// that are the same for everyone.
	Nonce string
	// Refresh tells a browser without JavaScript when to ask for which address; "" for never.
	Refresh string
}

// Say returns a sentence with the apostrophes of print; the messages are typed
// with the keyboard's.
func (s Shell) Say(key string, pairs ...any) string { return typeset(s.Voice.Say(key, pairs...)) }

// To returns the address of a page in the language that is spoken.
func (s Shell) To(path string) string { return s.In(s.Lang(), path) }

// In returns the address of a page in any language.
func (s Shell) In(lang content.Lang, path string) string {
	return s.Root + "/" + string(lang) + "/" + path
}

// API returns an address for the page's scripts, below the version.
func (s Shell) API(path string) string { return s.Root + "/api/v1/" + path }

// Own returns a name for what a browser keeps of an exercise: that of another
// course may have the same slug.
func (s Shell) Own(slug string) string {
	if s.Root == "" {
		return slug
	}
	return s.Root + "/" + slug
}

// title returns what stands in the browser's tab.
func (s Shell) title() string {
	if s.Title == "" {
		return s.Say("web.site.title")
	}
	return s.Title + " · La Manche"
}

// Link is the way to a page.
type Link struct {
	Path, Text string
}

// Problem is a request that could not be answered.
type Problem struct {
	Status        int
	Title, Detail string
}
