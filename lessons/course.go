package lessons

import (
	"slices"

	"manche/content"
)

// Course is every lesson, rendered. It is immutable and safe for concurrent
// use; so is everything that it hands out, which must not be modified.
type Course struct {
	lessons []*Lesson
	dialect *dialect
}

// Lessons returns the lessons in their order.
func (c *Course) Lessons() []*Lesson { return slices.Clone(c.lessons) }

// Lesson returns the lesson with this slug, and whether there is one.
func (c *Course) Lesson(slug string) (*Lesson, bool) {
	for _, l := range c.lessons {
		if l.Slug == slug {
			return l, true
		}
	}
	return nil, false
}

// Lesson is one lesson in all its languages. Previous and Next are nil at the
// ends of the course.
type Lesson struct {
	Number         int    // its place in the course, from 1
	Slug           string // the same in all languages
	Pages          map[content.Lang]*Page
	Previous, Next *Lesson
}

// Page is a lesson in one language. Title and Summary are plain text; fields
// named HTML are finished and safe to insert as they are.
type Page struct {
	Title, Summary string
	Minutes        int       // of reading and doing
	Sections       []Heading // for the table of contents
	Body           []Part    // the page in its order
	Activities     []*Activity
	Runnables      []*Runnable // those of activities as well
	Exercises      []string    // slugs of the exercises that the page embeds
}

// Activity returns the activity with this id, and whether the page has one.
func (p *Page) Activity(id string) (*Activity, bool) {
	i := slices.IndexFunc(p.Activities, func(a *Activity) bool { return a.ID == id })
	if i < 0 {
		return nil, false
	}
	return p.Activities[i], true
}

// Heading is an entry of the table of contents.
type Heading struct {
	Level int    // 2 or 3
	ID    string // the anchor, the same in all languages
	Text  string // plain text
}

// Part is a piece of a page. Exactly one field is set: prose as finished HTML,
// or something that the page draws as a component.
type Part struct {
	HTML     string
	Run      *Runnable
	Activity *Activity
	Exercise string // slug
}

// Runnable is a whole program that the reader may change and run.
type Runnable struct {
	ID     string // run-1, run-2, …: the same in all languages
	Code   string
	HTML   string // the code, coloured, in its <pre>
	Expect string // output, race, leak, deadlock or panic
	Lines  int    // how many the code has, for the height of an editor

	file   string
	line   int    // of the opening fence
	prints *fence // what the page says that it prints, or nil
}

// ActivityKind tells what an activity asks of the reader.
type ActivityKind string

// The kinds of activities.
const (
	Predict ActivityKind = "predict" // say what happens, then see
	Judge   ActivityKind = "judge"   // accept or reject a piece of code
	Recall  ActivityKind = "recall"  // answer from memory
	Explain ActivityKind = "explain" // answer in own words
	Prompt  ActivityKind = "prompt"  // ask an assistant, and know what to look for
)

// Sound is the verdict on code that has nothing wrong with it. Every other
// verdict is the kind of a finding.
const Sound = "sound"

// Activity is something for the reader to do. Right, Answer and Verdict are the
// key: they go to the browser only once the reader has answered.
type Activity struct {
	Kind     ActivityKind
	ID       string // unique on the page, the same in all languages
	Question string // HTML: what stands before the code
	Code     string // Go; empty when there is none
	CodeHTML string // the code, coloured, in its <pre>
	After    string // HTML: what stands between the code and the choices
	Run      *Runnable
	Choices  []Choice // of a prediction
	Right    int      // index into Choices
	Answer   string   // HTML
	Verdict  string   // of a judgement: Sound, or the kind of a finding
	Exercise string   // slug of the exercise whose editor can judge Code, or ""
	Prompt   string   // plain text to copy
}

// Choice is one of the answers to choose from, without a word on whether it is
// right.
type Choice struct {
	HTML string // phrasing content, fit for a label
}
