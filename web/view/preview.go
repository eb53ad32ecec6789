package view

import "fmt"

// PreviewPrefix is where the addresses are that only a preview has.
const PreviewPrefix = "/preview/"

// Preview is what a page says to its author.
type Preview struct {
	Edition string // which state of the files the page shows
	Problem string // why there is no newer one, or ""
	Defects int    // of the whole course
	Here    []PlacedDefect
	Beside  string // the path below PreviewPrefix that shows both languages, or ""
}

// PlacedDefect is something to mend.
type PlacedDefect struct {
	File string
	Line int // 0 for the whole file
	Text string
	ID   string // the anchor of its place on the page, "" where it has none
}

// at is its place in the files.
func (d PlacedDefect) at() string {
	if d.Line == 0 {
		return d.File
	}
	return fmt.Sprintf("%s:%d", d.File, d.Line)
}

// PreviewList is all that there is to mend, and the pages to look at.
type PreviewList struct {
	Preview
	Files              []DefectiveFile
	Lessons, Exercises []Link // below PreviewPrefix
}

// DefectiveFile is a file, or a folder, with what is to be mended in it.
type DefectiveFile struct {
	Name    string
	Page    string // the address of the page that it belongs to, or ""
	Defects []PlacedDefect
}

// Beside is a page in both languages.
type Beside struct {
	Preview
	Title  string
	Frames []Frame
}

// Frame is a page in one language.
type Frame struct {
	Lang, Address, Title string
}
