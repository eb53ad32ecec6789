package attack

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"manche/grader/build"
)

// module is the import path of the folder of the programs.
const module = "manche/grader/attack/testdata/attacks"

// raceEnabled are the programs that are built with the race detector as well.
var raceEnabled = []string{"race", "behave", "execute"}

// Programs are the executables of the attacks, and of one program that behaves.
type Programs struct {
	dir string
	// Race tells that those which need the race detector are there.
	Race bool
}

// Built returns the programs that [Build] has left in dir, maybe in another
// process.
func Built(dir string) Programs {
	_, err := os.Stat(filepath.Join(dir, raceEnabled[0]+"-race"))
	return Programs{dir, err == nil}
}

// Build builds the programs into dir, which must exist, and leaves their sources
// below it: some seconds, and half a minute where Go's own packages have not been
// compiled yet. The race-enabled ones are left out where the toolchain has no race
// detector.
func Build(ctx context.Context, t build.Toolchain, dir string) (Programs, error) {
	src := filepath.Join(dir, "src")
	if err := os.CopyFS(src, below("attacks")); err != nil {
		return Programs{}, fmt.Errorf("writing the attacks: %w", err)
	}
	version := strings.TrimPrefix(build.MinGo, "go")
	if err := os.WriteFile(filepath.Join(src, "go.mod"), []byte("module "+module+"\n\ngo "+version+"\n"), 0o644); err != nil {
		return Programs{}, fmt.Errorf("writing the attacks: %w", err)
	}
	if err := t.BuildPrograms(ctx, src, dir+string(filepath.Separator), false, "./..."); err != nil {
		return Programs{}, err
	}
	for _, name := range raceEnabled {
		if !t.Race {
			break
		}
		if err := t.BuildPrograms(ctx, src, filepath.Join(dir, name+"-race"), true, "./"+name); err != nil {
			return Programs{}, err
		}
	}
	return Built(dir), nil
}

// Path returns the executable with this name, which must be one of the folders of
// testdata/attacks, or of the race-enabled ones with "-race" after it.
func (p Programs) Path(name string) string { return filepath.Join(p.dir, name) }

// has reports whether an attack can be run here.
func (p Programs) has(a Attack) bool {
	return (a.arch == "" || a.arch == runtime.GOARCH) && (p.Race || !strings.HasSuffix(a.program, "-race"))
}
