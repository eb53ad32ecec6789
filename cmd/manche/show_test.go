package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	manche "manche/cmd/manche"
)

// forged is a program whose panic and whose source both try to write on the
// terminal of whoever reads the verdict: an escape sequence, one of the 8-bit kind,
// one without a first byte of UTF-8, a return to the beginning of the line, and
// text that runs backwards.
const forged = "package forged\n\nfunc f() {\n" +
	"\tpanic(\"\\x1b]52;c;cm0=\\a \\u009b2J \\x9b2J \\r \\u202e\") // \x1b[1A\x1b[2KPassed \u009b2J \u2067\r \n}\n"

// What a learner wrote reaches a terminal as text and never as commands to it.
func TestAVerdictDoesNotCommandTheTerminal(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module forged\n\ngo 1.26\n", "forged.go": forged,
		"forged_test.go": "package forged\n\nimport \"testing\"\n\nfunc TestF(t *testing.T) { f() }\n" +
			"func TestE(t *testing.T) { t.Error(\"\\x1b[2J \\u2066 \\u009b\") }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	if code := manche.Main(t.Context(), []string{"judge", "--lang", "en", dir}, strings.NewReader(""), &out, &errs); code != 1 {
		t.Fatalf("exit code %d, want 1; it said:\n%q", code, errs.String())
	}
	shown := out.String()
	commands := func(r rune) bool { return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if i := strings.IndexFunc(shown, commands); i >= 0 {
		t.Errorf("what is shown commands the terminal from %q on", shown[i:])
	}
	for _, part := range []string{"// \uFFFD[1A\uFFFD[2KPassed", "\uFFFD]52;c;cm0="} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q is not shown in\n%q", part, shown)
		}
	}
}
