package web

// For tests: recovery codes, and back.
var (
	CodeOf = codeOf
	KeyOf  = keyOf
)
