package policy

// The lists, for tests that must cover all of them.
var (
	Standard = standard
	Members  = members
	Instead  = instead
)
