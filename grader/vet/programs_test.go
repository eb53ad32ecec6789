package vet_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/grader/vet"
)

// right is what the analysers may say of sound programs, since it is so: these
// wait under a lock, and are built to bear it.
var right = []string{
	"channel-and-context-deaf-stage/sound slowcase",
	"channel-and-lock-hub-cancel/sound sendlocked",
	"order-violation-notify-after-unlock/sound sendlocked",
}

// found is what the analysers say of broken programs, but not of the same ones
// mended.
var found = []string{
	"blocked-receiver/wrong/close-in-the-loop doubleclose",
	"channel-and-context-case-operand/broken slowcase",
	"channel-and-lock-janitor-stop/broken sendlocked",
	"channel-and-lock-mailbox-full/broken sendlocked",
	"channel-and-lock-pool-exhausted/broken sendlocked",
	"channel-and-lock-snapshot/broken abandonedsend",
	"channel-and-lock-snapshot/broken sendlocked",
	"channel-call-timeout/broken abandonedsend",
	"channel-first-answer/broken abandonedsend",
	"double-lock-pool-closed/broken heldlock",
	"errors-in-test-goroutines-and-error-paths-conflict-keeps-lock/broken heldlock",
	"errors-in-test-goroutines-and-error-paths-first-error-wins/broken abandonedsend",
	"fix-the-leak/starter abandonedsend",
	"fix-the-leak/wrong/close-by-caller abandonedsend",
	"fix-the-leak/wrong/longer-timeout abandonedsend",
	"fix-the-leak/wrong/unchanged abandonedsend",
	"leak-hunt/starter abandonedsend",
	"leak-hunt/starter heldlock",
	"leak-hunt/wrong/lock-left heldlock",
	"leak-hunt/wrong/send-left abandonedsend",
	"leak-hunt/wrong/unchanged abandonedsend",
	"leak-hunt/wrong/unchanged heldlock",
	"merge-cancel/wrong/receive-in-the-send slowcase",
	"merge/wrong/each-closes doubleclose",
	"no-way-out/wrong/break-out-of-the-select breakselect",
	"two-sources/wrong/unbuffered abandonedsend",
	"waitgroup-add-in-visit/broken waitgroup",
	"waitgroup-done-skipped-on-cancel/broken donepath",
}

func TestSoundPrograms(t *testing.T) {
	got := remarks(t, "../testdata/corpus/*/sound/*.go", "../../exercises/*/testdata/right/*/*.go", "../../exercises/*/*.go")
	for _, remark := range slices.Sorted(maps.Keys(got)) {
		if !slices.Contains(right, remark) {
			t.Errorf("of a sound program: %s %s", remark, got[remark])
		}
	}
	for _, remark := range right {
		if got[remark] == "" {
			t.Errorf("no longer said: %s", remark)
		}
	}
}

func TestBrokenPrograms(t *testing.T) {
	sound := remarks(t, "../testdata/corpus/*/sound/*.go")
	got := remarks(t, "../testdata/corpus/*/broken/*.go", "../../exercises/*/testdata/starter/*.go", "../../exercises/*/testdata/wrong/*/*.go")
	maps.DeleteFunc(got, func(remark, _ string) bool { return sound[strings.Replace(remark, "/broken", "/sound", 1)] != "" })
	if list := slices.Sorted(maps.Keys(got)); !slices.Equal(list, found) {
		t.Errorf("found:\n%s", strings.Join(list, "\n"))
	}
}

// refused are the wrong answers that the compiler does not take.
var refused = []string{"no-way-out/wrong/close-the-ticks", "take-some/wrong/close-by-the-sink"}

// remarks looks at each file as a program of its own: the remark, and where.
func remarks(t *testing.T, patterns ...string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			name := strings.NewReplacer("../", "", "testdata/", "", "corpus/", "", "exercises/", "").Replace(filepath.Dir(file))
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pkg := read(src)
			if pkg == nil && slices.Contains(refused, name) {
				continue
			}
			if pkg == nil {
				t.Fatalf("%s does not compile", file)
			}
			for _, r := range vet.Remarks(pkg) {
				all[name+" "+r.Name] += fmt.Sprintf("line %d: %s; ", r.Line, r.Message)
			}
		}
	}
	return all
}
