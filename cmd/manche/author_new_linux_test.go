package main_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// asked runs manche in a folder with somebody at the terminal who answers all that
// it asks, and returns what it asked.
func asked(t *testing.T, folder, answers string, args ...string) string {
	t.Helper()
	side, terminal := openTerminal(t)
	if _, err := io.WriteString(side, answers); err != nil {
		t.Fatal(err)
	}
	var questions bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "manche", args...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = folder, terminal, &questions
	if err := cmd.Run(); err != nil {
		t.Fatalf("manche %s: %v\n%s", strings.Join(args, " "), err, questions.String())
	}
	return questions.String()
}

func TestAsksForWhatIsMissing(t *testing.T) {
	folder := t.TempDir()
	answers := []string{
		"Mend It", "mend-it", // the first will not do
		"repair", "9", "2", "Réparez-la", "Mend it", "", "",
	}
	questions := asked(t, folder, strings.Join(answers, "\n")+"\n", "author", "new", "exercise", "--course", ".", "--lang", "en")
	for _, want := range []string{`"Mend It" will not do for SLUG`, `"9" will not do for --level`, "name of the Go package [mendit]: "} {
		if !strings.Contains(questions, want) {
			t.Errorf("it asked\n%s\nwant %q", questions, want)
		}
	}
	spec, err := os.ReadFile(filepath.Join(folder, "exercises", "mend-it", "exercise.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "kind = \"repair\"\nlevel = 2\npackage = \"mendit\"\n"; !strings.HasPrefix(string(spec), want) {
		t.Errorf("exercise.toml begins\n%s\nwant\n%s", spec, want)
	}
}

// Nobody is asked for what a flag says, or for anything when all is said.
func TestAsksForNothingMore(t *testing.T) {
	folder := t.TempDir()
	questions := asked(t, folder, "An idea\n\n\n", "author", "new", "lesson", "idea", "--title-fr", "Une idée", "--course", ".", "--lang", "en")
	if strings.Contains(questions, "title in French") || !strings.Contains(questions, "title in English: place in the course, 1 to 99 [1]: ") {
		t.Errorf("it asked\n%s", questions)
	}
	questions = asked(t, folder, "", "author", "new", "lesson", "other", "--title-fr", "Une autre", "--title-en", "Another", "--course", ".", "--lang", "en")
	if strings.Contains(questions, "place in the course") {
		t.Errorf("it asked\n%s", questions)
	}
	if _, err := os.Stat(filepath.Join(folder, "lessons", "02-other", "en.md")); err != nil {
		t.Error(err)
	}
}
