package view

// Review is the page on which cards come back. At the end of the day's work it
// holds no activity.
type Review struct {
	Activity *Activity
	Lesson   Link // that the activity stands in
	Revealed bool
	Text     string // what the reader wrote just now
	Earlier  string // what the reader wrote before
	Rate     Rate
	Left     int // cards to be repeated today, the one shown among them
	Tomorrow int // cards that will be due tomorrow
	Done     int // cards repeated today
	Next     int // in how many days the next card comes; 0 if none will
	Cards    int // all that the reader has
}

// Rate is the form by which readers say how well an answer came to them.
type Rate struct {
	Action           string
	Lesson, Activity string // where Action does not say which card
	Text             string // to be kept with the rating
	Seen             int    // the ratings so far, by which a second click is known
	Wait             int    // in how many days the card comes back; 0 when it is due
	Ratings          []Rating
}

// Open reports whether there is something to rate: a card that is new or due.
func (r Rate) Open() bool { return r.Seen == 0 || r.Wait == 0 }

// Rating is one of the buttons.
type Rating struct {
	Name string // key below "web.rate."
	Wait int    // in how many days the card will come back
}

// wait says in words when something comes.
func wait(s Shell, days int) string {
	if days <= 1 {
		return s.Say("web.wait.tomorrow")
	}
	return s.Say("web.wait.days", "n", days)
}
