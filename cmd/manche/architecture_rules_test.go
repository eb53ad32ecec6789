package main_test

// The rules of the house, as tables. A pattern is a folder from the root of the
// repository; "folder/..." is the folder with all that is below it.

// topLevel is all that stands at the root, dotfiles apart.
var topLevel = []string{"go.mod", "go.sum", "cmd", "lessons", "exercises", "grader", "web", "content", "README.md"}

// arrows say what of ours a package may import. The first one that matches a
// folder counts; a folder that none matches has no place in the house.
var arrows = []struct {
	from string
	to   []string
	not  string // though it matches
}{
	{from: "content/..."},
	{from: "exercises/...", to: []string{"content"}},
	{from: "lessons/...", to: []string{"exercises", "content"}},
	{from: "grader", to: []string{"exercises", "grader/..."}},
	{from: "grader/attack", to: []string{"exercises", "grader/..."}},
	{from: "grader/proof", to: []string{"exercises", "grader/..."}},
	{from: "grader/...", to: []string{"exercises", "grader/..."}, not: "grader"},
	{from: "web/...", to: []string{"lessons", "exercises", "content", "grader/...", "web/..."}},
	{from: "cmd/...", to: []string{"..."}},
}

// owners say where a dependency may be imported.
var owners = []struct {
	of string // import path, with all that is below it
	by []string
}{
	{"github.com/yuin/goldmark", []string{"lessons/..."}},
	{"github.com/a-h/templ", []string{"web/view"}},
	{"os/exec", []string{"grader/build", "grader/sandbox", "cmd/..."}},
	{"net/http", []string{"web/...", "cmd/..."}},
	{"database/sql", []string{"web/store"}},
	{"modernc.org/sqlite", []string{"web/store"}},
	{"github.com/jackc/pgx", []string{"web/store"}},
	{"github.com/pressly/goose", []string{"web/store"}},
	{"github.com/nats-io", []string{"grader/queue/..."}},
	{"github.com/fsnotify/fsnotify", []string{"cmd/manche/watch"}},
}

// pure say what a package that maps bytes to values does without.
var pure = []struct {
	folder string
	no     []string
}{
	{"grader/policy", []string{"os", "os/exec"}},
	{"grader/report", []string{"os", "os/exec"}},
}

// vague are names that a package of ours does not have: they say nothing of what
// is in it.
var vague = []string{"util", "utils", "common", "helper", "helpers", "manager", "misc", "shared"}

// Bounds of what one reader takes in at once, in lines.
const (
	maxFileLines     = 250
	maxFunctionLines = 70
)
