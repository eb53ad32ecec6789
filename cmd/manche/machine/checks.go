package machine

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"manche/grader/build"
)

// Bounds of what is enough.
const (
	// roomNeeded, in MB, holds Go's build cache for the packages that submissions
	// may import, the archives made of it, and the linker; roomUsed is for programs
	// once they are there.
	roomNeeded, roomUsed = 1000, 100
	// coarse is a clock too rough for limits and delays of milliseconds.
	coarse = time.Millisecond
)

func toolchainFinding(t build.Toolchain, err error) Finding {
	f := Finding{About: "go", State: Gap, Params: map[string]any{"min": build.MinGo}}
	var old *build.OldGoError
	switch {
	case err == nil:
		f.State, f.Key, f.Params = Good, "go", map[string]any{"version": t.Version}
	case errors.Is(err, build.ErrNoGo):
		f.Key = "no_go"
	case errors.As(err, &old):
		f.Key, f.Params["version"] = "old_go", old.Version
	default:
		f.Key, f.Params = "go_broken", map[string]any{"reason": err.Error()}
	}
	return f
}

// cHeaders are those that Go's own C code needs.
const cHeaders = "#include <stdlib.h>\n#include <pthread.h>\n#include <errno.h>\n"

// raceFinding has the C compiler read what it has to read for the race detector.
func raceFinding(ctx context.Context, t build.Toolchain) Finding {
	f := Finding{About: "race", State: Gap}
	switch {
	case !build.RacePlatform():
		f.Key, f.Params = "no_race_platform", map[string]any{"os": runtime.GOOS, "arch": runtime.GOARCH}
		return f
	case !t.Race:
		f.Key, f.Params = "no_race", map[string]any{"cc": t.CC}
		return f
	}
	cc := exec.CommandContext(ctx, t.CC, "-fsyntax-only", "-x", "c", "-")
	cc.Stdin = strings.NewReader(cHeaders)
	if said, err := cc.CombinedOutput(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
		f.Key, f.Params = "race_broken", map[string]any{"cc": t.CC, "reason": cmp.Or(first, err.Error())}
		return f
	}
	return Finding{About: "race", State: Good, Key: "race"}
}

// cacheFinding writes into the cache, and looks how much room there is.
func cacheFinding(prepared bool) Finding {
	f := Finding{About: "cache", State: Gap, Key: "cache_unwritable"}
	dir, err := os.UserCacheDir()
	if err != nil {
		f.Params = map[string]any{"dir": "", "reason": err.Error()}
		return f
	}
	dir = filepath.Join(dir, "manche")
	f.Params = map[string]any{"dir": dir}
	if err := writable(dir); err != nil {
		f.Params["reason"] = err.Error()
		return f
	}
	need := uint64(roomNeeded)
	if prepared {
		need = roomUsed
	}
	free, known := room(dir)
	f.Params["free"], f.Params["need"] = free, need
	switch {
	case known && free < need:
		f.Key = "cache_full"
	case !known:
		f.State, f.Key = Good, "cache"
	case !prepared:
		f.State, f.Key = Good, "cache_empty"
	default:
		f.State, f.Key = Good, "cache_room"
	}
	return f
}

// writable makes the folder and a file in it, which it removes.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "doctor-")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

func linkerFinding(s build.State) Finding {
	f := Finding{About: "linker", State: Note, Key: "linker_none"}
	switch {
	case s.Linker:
		f.State, f.Key = Good, "linker"
	case s.NoLinker != "":
		f.Key, f.Params = "linker_refused", map[string]any{"reason": s.NoLinker}
	}
	return f
}

// clockFinding looks how finely the clock goes, and whether it is earlier than
// the program: then certificates and times of files are not to be trusted.
func clockFinding() Finding {
	now, step := time.Now(), clockStep()
	f := Finding{About: "clock", State: Good, Key: "clock", Params: map[string]any{"step": step.Nanoseconds()}}
	if built, ok := builtAt(); ok && now.Before(built) {
		f.State, f.Key = Gap, "clock_behind"
		f.Params = map[string]any{"now": now.UTC().Format(time.DateTime), "built": built.UTC().Format(time.DateTime)}
	} else if step > coarse {
		f.State, f.Key = Note, "clock_coarse"
	}
	return f
}

// clockStep is the smallest step of the monotonic clock that was seen, at most
// some tens of milliseconds.
func clockStep() time.Duration {
	least := time.Hour
	for range 5 {
		start := time.Now()
		step := time.Duration(0)
		for step == 0 {
			step = time.Since(start)
		}
		least = min(least, step)
	}
	return least
}

// builtAt is when what this program was built from was committed.
func builtAt() (time.Time, bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}, false
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			at, err := time.Parse(time.RFC3339, s.Value)
			return at, err == nil
		}
	}
	return time.Time{}, false
}
