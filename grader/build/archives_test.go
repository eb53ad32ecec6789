package build_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

func TestOpen(t *testing.T) {
	a := archives(t)
	for _, path := range a.Packages() {
		r, err := a.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		head := make([]byte, 8)
		_, err = io.ReadFull(r, head)
		r.Close()
		if err != nil || string(head) != "!<arch>\n" {
			t.Errorf("%s begins with %q, %v", path, head, err)
		}
	}
	if r, err := a.Open("example.com/none"); err == nil {
		r.Close()
		t.Error("opened a package that was not prepared")
	}
}

// The module in which the archives are made takes the versions and the sums of
// ours: else the driver would be tested with one goleak and run with another.
func TestArchiveModuleAgreesWithOurs(t *testing.T) {
	ours, theirs := parse(t, "../../go.mod"), parse(t, "archive.mod")
	if ours.Module.Mod.Path != theirs.Module.Mod.Path || ours.Go.Version != theirs.Go.Version {
		t.Errorf("archive.mod is %s go %s, go.mod is %s go %s", theirs.Module.Mod.Path, theirs.Go.Version, ours.Module.Mod.Path, ours.Go.Version)
	}
	versions := make(map[string]string)
	for _, r := range ours.Require {
		versions[r.Mod.Path] = r.Mod.Version
	}
	for _, r := range theirs.Require {
		if versions[r.Mod.Path] != r.Mod.Version {
			t.Errorf("archive.mod has %s %s, go.mod has %q", r.Mod.Path, r.Mod.Version, versions[r.Mod.Path])
		}
	}
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("archive.sum")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(own)) {
		if !strings.Contains("\n"+string(sums), "\n"+line) {
			t.Errorf("archive.sum has a line that go.sum has not: %s", line)
		}
	}
	for _, r := range theirs.Require {
		if !strings.Contains(string(own), r.Mod.Path+" "+r.Mod.Version+" h1:") {
			t.Errorf("archive.sum has no sum of %s", r.Mod)
		}
	}
}

func parse(t *testing.T, name string) *modfile.File {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse(name, raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
