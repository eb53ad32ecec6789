package machine_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"
	"testing"
	"testing/fstest"

	"manche/cmd/manche/machine"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// setting is a machine with these files below /proc, by name.
func setting(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{"proc/self/status": {Data: []byte("Name:\tmanche\nSeccomp:\t0\nSeccomp_filters:\t0\n")}}
	for i := 0; i+1 < len(files); i += 2 {
		fsys["proc/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1] + "\n")}
	}
	return fsys
}

func TestNoSandboxSaysWhy(t *testing.T) {
	const apparmor, limit, clone = "sys/kernel/apparmor_restrict_unprivileged_userns", "sys/user/max_user_namespaces", "sys/kernel/unprivileged_userns_clone"
	start := func(err error) error { return &os.PathError{Op: "fork/exec", Path: "/proc/self/exe", Err: err} }
	tests := []struct {
		name, step string
		err        error
		root       fs.FS
		user       int
		want       string
	}{
		{"another system", "platform", errors.ErrUnsupported, setting(), 1000, "why_platform"},
		{"Ubuntu's profile for all", "tree", errors.New("permission denied"), setting(apparmor, "1"), 1000, "why_apparmor"},
		{"the same for root", "tree", errors.New("permission denied"), setting(apparmor, "1"), 0, "why_other"},
		{"AppArmor with leave", "start", start(syscall.EPERM), setting(apparmor, "0"), 1000, "why_forbidden"},
		{"no namespace allowed", "start", start(syscall.ENOSPC), setting(limit, "0"), 0, "why_userns_none"},
		{"Debian's old switch", "start", start(syscall.EPERM), setting(clone, "0"), 1000, "why_userns_clone"},
		{"the same for root", "start", start(syscall.EPERM), setting(clone, "0"), 0, "why_forbidden"},
		{"a container", "start", start(syscall.EPERM), setting("self/status", "Name:\tx\nSeccomp:\t2"), 0, "why_container"},
		{"a kernel without them", "start", start(syscall.EINVAL), setting("sys/kernel/osrelease", "4.4.0"), 0, "why_old_kernel"},
		{"a chroot", "start", start(syscall.EPERM), setting(limit, "15000"), 1000, "why_forbidden"},
		{"a kernel without a filter", "exec", errors.New("installing the filter: invalid argument"), setting("self/status", "Name:\tx"), 0, "why_no_seccomp"},
		{"a filter that lets sockets through", "wall-socket", errors.New("it said socket"), setting("self/status", "Name:\tx"), 0, "why_no_seccomp"},
		{"a wall that does not hold", "wall-files", errors.New("it said files"), setting(), 0, "why_other"},
	}
	for _, test := range tests {
		err := fmt.Errorf("opening: %w", &sandbox.UnavailableError{Failures: []sandbox.Failure{
			{Tier: sandbox.TierA, Step: "cgroup", Err: fs.ErrPermission}, {Tier: sandbox.TierB, Step: test.step, Err: test.err},
		}})
		found := machine.NoSandbox(err, test.root, test.user)
		if len(found) != 2 || found[0].Key != "no_sandbox" || found[1].Key != test.want || found[1].State != machine.Gap {
			t.Errorf("%s, as user %d: found %+v, want %s", test.name, test.user, found, test.want)
		}
	}
	if found := machine.NoSandbox(errors.New("odd"), setting(), 0); found[1].Key != "why_other" {
		t.Errorf("of an odd error, found %+v", found)
	}
}

func TestNoCgroupSaysWhy(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EROFS: "cgroup_read_only", syscall.EACCES: "cgroup_forbidden", syscall.EBUSY: "cgroup_busy", errors.ErrUnsupported: "cgroup_other",
	} {
		joined := errors.Join(&fs.PathError{Op: "mkdir", Path: "/sys/fs/cgroup", Err: err})
		if f := machine.CgroupFinding(sandbox.Failure{Tier: sandbox.TierA, Step: "cgroup", Err: joined}); f.Key != want || f.State != machine.Note {
			t.Errorf("of %v, found %+v, want the note %s", err, f, want)
		}
	}
	if f := machine.CgroupFinding(sandbox.Failure{Step: "cgroup-memory", Err: syscall.EACCES}); f.Key != "cgroup_other" {
		t.Errorf("of a limit that does not hold, found %+v", f)
	}
}

func TestLinkerSaysWhyNot(t *testing.T) {
	for want, state := range map[string]build.State{
		"linker": {Linker: true}, "linker_none": {Archives: true}, "linker_refused": {NoLinker: "unknown"},
	} {
		if f := machine.LinkerFinding(state); f.Key != want || f.State == machine.Gap {
			t.Errorf("of %+v, found %+v, want %s and no gap", state, f, want)
		}
	}
}

func TestGoSaysWhatToInstall(t *testing.T) {
	for want, err := range map[string]error{
		"go": nil, "no_go": build.ErrNoGo, "old_go": &build.OldGoError{Version: "go1.20"}, "go_broken": errors.New("odd"),
	} {
		if f := machine.ToolchainFinding(build.Toolchain{}, err); f.Key != want || (f.State == machine.Good) != (err == nil) {
			t.Errorf("of %v, found %+v, want %s", err, f, want)
		}
	}
}

func TestLookFindsEverything(t *testing.T) {
	r, err := machine.Look(t.Context(), sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, about := range []string{"go", "race", "sandbox", "cache", "linker", "clock"} {
		if !slices.ContainsFunc(r.Findings, func(f machine.Finding) bool { return f.About == about }) {
			t.Errorf("nothing was found about %s: %+v", about, r.Findings)
		}
	}
	gap := slices.ContainsFunc(r.Findings, func(f machine.Finding) bool { return f.State == machine.Gap })
	if r.OK == gap {
		t.Errorf("OK = %v with gaps: %v", r.OK, gap)
	}
}
