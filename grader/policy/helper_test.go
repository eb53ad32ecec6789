package policy_test

import (
	"context"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
)

// archives are what the grader builds against, from the user's cache.
var archives = sync.OnceValues(func() (*build.Archives, error) {
	ctx := context.Background()
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	own, err := harness.DriverSources()
	if err != nil {
		return nil, err
	}
	return build.Prepare(ctx, build.Config{
		Toolchain: toolchain, Race: toolchain.Race, Cache: filepath.Join(cache, "manche"), Own: own,
	})
})

// newImporter returns one that reads the grader's archives.
func newImporter(tb testing.TB) types.Importer {
	tb.Helper()
	a, err := archives()
	if err != nil {
		tb.Fatalf("preparing the archives: %v", err)
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", a.Open)
}

// rules are those of an exercise of one file.
func rules(imp types.Importer) policy.Rules {
	return policy.Rules{Package: "search", Files: []string{"search.go"}, Importer: imp}
}

// one is a submission of one file.
func one(src string) map[string][]byte { return map[string][]byte{"search.go": []byte(src)} }

// say prints complaints in one form: key file:line:column name=value …
func say(list []policy.Complaint) []string {
	var lines []string
	for _, c := range list {
		line := fmt.Sprintf("%s %s:%d:%d", c.Key, c.File, c.Line, c.Column)
		for _, name := range slices.Sorted(maps.Keys(c.Params)) {
			line += " " + name + "=" + c.Params[name]
		}
		lines = append(lines, line)
	}
	return lines
}

// compare reports complaints that are not the wanted ones.
func compare(t *testing.T, got []policy.Complaint, want ...string) {
	t.Helper()
	if g := say(got); !slices.Equal(g, want) {
		t.Errorf("got complaints\n\t%s\nwant\n\t%s", strings.Join(g, "\n\t"), strings.Join(want, "\n\t"))
	}
}
