package view

// Home is the front page.
type Home struct {
	Lessons []LessonCard
	Loose   []ExerciseCard // exercises without a lesson
	First   *Link          // the exercise to try at once
	Sample  *Finding       // what the verdict on its starter says
}

// LessonCard is a lesson as the path of the course shows it.
type LessonCard struct {
	Number         int
	Slug           string
	Title, Summary string
	Minutes        int
	Exercises      []ExerciseCard
}

// ExerciseCard is an exercise as others point to it.
type ExerciseCard struct {
	Slug, Title, Summary string
	Kind                 string // key below "web.kind."
	Level                int    // 1 to 5
}

// Lesson is a lesson's page. It holds nothing of the reader's own.
type Lesson struct {
	Slug           string
	Number, Total  int
	Title, Summary string
	Minutes        int
	Contents       []Heading
	Parts          []Part
	Previous, Next *Link
}

// Heading is an entry of the table of contents.
type Heading struct {
	ID, Text string
	Sub      []Heading
}

// Part is a piece of a lesson: exactly one of its fields is set.
type Part struct {
	Prose    HTML
	Sample   *Sample
	Activity *Activity
	Exercise *ExerciseCard
}

// Sample is a complete program that the reader can take along.
type Sample struct {
	ID     string
	Code   HTML
	Action string // address of the page that runs it
	Expect string // what running it shows, a key below "web.expect.", or "" where that is asked
	// Waiting keeps it from being run until the reader has answered.
	Waiting bool
}

// Activity is something for the reader to do inside a lesson.
type Activity struct {
	Kind     string // predict, judge, recall, explain or prompt
	ID       string
	Action   string // address that takes the answer
	Question HTML
	Code     HTML    // or ""
	Sample   *Sample // the code, where it is a program, or nil
	After    HTML    // what stands between the code and the choices
	Choices  []HTML
	Answer   HTML   // shown under a fold for recall and explain; else only once answered
	Prompt   string // the text to copy
	Exercise string // where the code can be tried, or ""
}

// Answered is an activity together with what the reader answered.
type Answered struct {
	Activity
	Lesson Link
	Text   string // the reader's own words
	Choice int    // the reader's choice, or -1
	Right  int    // the right choice, or -1
	Chosen string // the reader's judgement, key below "web.judge.", or ""
	// Verdict is what is wrong with the judged code, a key below "web.found.";
	// "sound" if nothing is.
	Verdict string
	Rate    *Rate // nil where the activity does not come back
}

// Good reports whether the reader was right.
func (a Answered) Good() bool {
	if a.Kind == "judge" {
		return (a.Chosen == "accept") == (a.Verdict == "sound")
	}
	return a.Choice == a.Right
}

// misjudged is the key of what a reader is told who accepted broken code or
// rejected sound code.
func (a Answered) misjudged() string {
	if a.Verdict == "sound" {
		return "web.judge.bad_sound"
	}
	return "web.judge.bad"
}
