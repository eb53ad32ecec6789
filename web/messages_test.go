package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/grader/queue"
	"manche/lessons"
)

// families are the keys that are put together from a fact and a prefix.
func families() []string {
	var keys []string
	add := func(prefix, suffix string, names ...string) {
		for _, n := range names {
			keys = append(keys, prefix+n+suffix)
		}
	}
	for _, a := range grader.Axes {
		add("axis.", "", string(a))
	}
	for _, o := range []grader.Outcome{grader.Passed, grader.Failed, grader.Refused, grader.Unproven} {
		add("outcome.", "", string(o))
		add("outcome.", ".text", string(o))
		add("web.check.", "", string(o))
		add("web.run.", "", string(o))
	}
	for _, k := range kinds {
		add("web.found.", "", string(k))
		add("web.judge.is.", "", string(k))
	}
	add("web.found.", "", string(grader.Concurrent))
	for _, a := range []lessons.ActivityKind{lessons.Predict, lessons.Judge, lessons.Recall, lessons.Explain, lessons.Prompt} {
		add("web.activity.", "", string(a))
	}
	for _, st := range []queue.State{queue.Queued, queue.Building, queue.Running, queue.Superseded, queue.Error} {
		add("web.state.", "", string(st))
	}
	add("web.judge.is.", "", lessons.Sound)
	add("web.axis.", "", string(grader.AxisPassed), string(grader.AxisFailed), string(grader.AxisNotChecked))
	add("web.kind.", "", string(exercises.Repair), string(exercises.Build), string(exercises.Test), string(exercises.Hunt))
	add("web.side.", "", "read", "write", "close", "use", "add", "wait")
	add("web.finding.", "", "goroutines", "chain", "waits", "would")
	add("web.expect.", "", "output", "race", "leak", "deadlock", "panic")
	add("web.judge.", "", "accept", "reject")
	add("web.home.step.", "", "read", "mend", "know")
	add("web.home.step.", ".text", "read", "mend", "know")
	add("web.switch.", "", "fr", "en")
	add("web.", ".label", "recall", "explain")
	add("web.rate.", "", "again", "hard", "good", "easy")
	add("web.recover.", "", "bad", "unknown")
	add("web.done.", "", "moved", "deleted")
	add("reason.", "", "other", "refused", "not_built", "not_asked", "no_race_detector", "unfinished")
	add("lack.", "", "other", "memory-cgroup", "memory-limit", "cpu-limit", "namespaces", "seccomp", "process-limit", "scratch-limit", "report-descriptor",
		"isolation", "no-exec", "files", "user", "tool-walls", "kernel-limits")
	return keys
}

var kinds = []grader.Kind{
	grader.KindBuild, grader.KindPolicy, grader.KindTest, grader.KindPanic, grader.KindRace, grader.KindLeak,
	grader.KindDeadlock, grader.KindTimeout, grader.KindResource, grader.KindVet,
}

var (
	said     = regexp.MustCompile(`Say\("([a-z0-9._-]+)"[,)]`)
	passedOn = regexp.MustCompile(`"(web\.[a-z._]+[a-z])"`)
	problems = regexp.MustCompile(`\bkey: "([a-z-]+)"`)
)

// written lists the keys that stand in the sources as they are.
func written(t *testing.T) []string {
	t.Helper()
	var keys []string
	for _, pattern := range []string{"*.go", "view/*.templ", "view/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				continue
			}
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, re := range []*regexp.Regexp{said, passedOn} {
				for _, m := range re.FindAllStringSubmatch(string(src), -1) {
					keys = append(keys, m[1])
				}
			}
			for _, m := range problems.FindAllStringSubmatch(string(src), -1) {
				keys = append(keys, "problem."+m[1], "problem."+m[1]+".title")
			}
		}
	}
	return keys
}

// Every sentence that the site can say exists, and every one that exists is said.
func TestSentences(t *testing.T) {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]bool)
	for _, key := range append(written(t), families()...) {
		used[key] = true
		if !messages.Has(key) {
			t.Errorf("no sentence %q", key)
		}
	}
	if len(used) < 150 {
		t.Errorf("only %d keys found in the sources", len(used))
	}
	for _, key := range messages.Keys() {
		prefix, _, _ := strings.Cut(key, ".")
		switch prefix {
		case "web", "axis", "outcome", "reason", "lack", "problem":
			if !used[key] {
				t.Errorf("the sentence %q is never said", key)
			}
		}
	}
}
