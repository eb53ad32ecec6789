package exercises

import (
	"manche/content"
)

// Kind is what an exercise asks for.
type Kind string

// The kinds of exercises.
const (
	Repair Kind = "repair" // mend the one bug of a program that looks right
	Build  Kind = "build"  // write what the signature and its contract promise
	// Test asks for a test, which must fail on each broken implementation and pass
	// on each sound one.
	Test Kind = "test"
	Hunt Kind = "hunt" // find and mend the several bugs of a larger program
)

// Files are sources by name. They must not be modified once loaded.
type Files map[string][]byte

// Exercise is one exercise with everything that proves it. It must not be
// modified once loaded, and is safe for concurrent use.
type Exercise struct {
	Slug    string // the folder's name, and the address
	Kind    Kind
	Level   int    // 1 to 5
	Lesson  string // slug of the lesson it belongs to, or ""
	Package string // name of the Go package
	// Imports are allowed in a submission beyond the standard allow-list.
	Imports []string
	// Vet names the remarks of static analysis that fail a submission; all others
	// only warn.
	Vet []string
	// Concurrent names the checks that prove, in virtual time, that work overlaps:
	// where they fail, the axis of the same name does. A check that says what it
	// measured as in "10 × 1s: 10s, want 1s" is put into the reader's language.
	Concurrent []string
	// Apart says that the checks run in a process of their own, which holds nothing
	// of the learner's: the functions take and return plain data.
	Apart bool
	// Why leads from findings to the lesson.
	Why []Why

	Editable  []string // the file names that a submission consists of, sorted
	Starter   Variant  // what the learner begins with; it must fail as declared
	Reference Files    // the reference solution
	Right     []Variant
	Wrong     []Variant
	// Equivalent are the mutants of the reference that no check has to catch.
	Equivalent []Equivalence
	Checks     Files    // the test files, which judge; none where Kind is Test
	CheckList  []string // the checks' names in source order, or the implementations'
	// Implementations are what a test is held against, where Kind is Test: the
	// example, the other sound ones, the broken ones.
	Implementations []Implementation

	Prose    map[content.Lang]Prose
	Revision string // hash of the whole bundle, in hex
}

// Variant is a known answer to an exercise.
type Variant struct {
	Name  string
	Files Files
	// Expect are the kinds of findings that every verdict on the answer must
	// contain; the first of them comes first. Empty for a right answer.
	Expect []string
	// May are kinds that can come with them; any other is a defect.
	May []string
	// File and Line are the place of the first finding; Line 0 leaves it open.
	File string
	Line int
	// Lines are, of a hunt, where the bugs are that an answer still has: every
	// verdict has findings of the first kind there, and nowhere else.
	Lines []int
	// Declared is the line of exercise.toml at which it is declared.
	Declared int `json:"-"`
}

// Equivalence marks a mutant of the reference (see manche/grader/proof/mutation)
// as another right answer, for a reason that its author gives.
type Equivalence struct {
	Mutant string `toml:"mutant"` // its name, as in "drop-stop"
	File   string `toml:"file"`
	Line   int    `toml:"line"`
	Reason string `toml:"reason"`
	// Declared is the line of exercise.toml at which it is marked.
	Declared int `toml:"-" json:"-"`
}

// Implementation is code that a learner's test is run against. All those of an
// exercise have the same exported declarations and the same file names.
type Implementation struct {
	Name   string // of its folder; "example" at the top of the bundle
	Folder string // inside the bundle, slash-separated
	Sound  bool   // the test must pass on it, and fail on it otherwise
	Files  Files
}

// Prose is what a person reads of an exercise, in one language.
type Prose struct {
	Title   string
	Summary string
	Brief   Section
	Hints   []Section          // each gives away more
	Explain map[string]Section // by kind of finding, and by name of wrong answer
	Right   map[string]Section // what a right answer is good for, by its name
	Checks  map[string]Section // what a check looks at, or what an implementation does, by its name
}

// Section is a piece of Markdown and where it stands in its file.
type Section struct {
	Markdown string
	File     string
	Line     int // of the first line of Markdown
}

// Defect is something that the author of a lesson or an exercise got wrong: a
// sentence by key, below "defect.", and the place to mend it. Both the defect
// and its remedy are in that sentence.
type Defect struct {
	File   string // slash-separated, from the root of the course
	Line   int    // 0 for the whole file
	Key    string
	Params map[string]string
}

// Sections returns every text of the prose, in no particular order.
func (p Prose) Sections() []Section {
	all := append([]Section{p.Brief}, p.Hints...)
	for _, group := range []map[string]Section{p.Explain, p.Right, p.Checks} {
		for _, s := range group {
			all = append(all, s)
		}
	}
	return all
}
