package machine

import (
	"errors"
	"io/fs"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"manche/grader/sandbox"
)

// noSandbox says why there are no walls: the settings of the file tree root are
// read for that, and user is who we are.
func noSandbox(err error, root fs.FS, user int) []Finding {
	found := []Finding{{About: "sandbox", State: Gap, Key: "no_sandbox"}}
	var walls *sandbox.UnavailableError
	if !errors.As(err, &walls) || len(walls.Failures) == 0 {
		return append(found, why("why_other", "step", "open", "reason", err.Error()))
	}
	return append(found, cause(telling(walls.Failures), settings{root}, user))
}

// telling is the failure that settings explain best: that of the tier which needs
// namespaces and nothing else, if it was tried.
func telling(all []sandbox.Failure) sandbox.Failure {
	if i := slices.IndexFunc(all, func(f sandbox.Failure) bool { return f.Tier == sandbox.TierB }); i >= 0 {
		return all[i]
	}
	return all[len(all)-1]
}

// weaker says why no stronger tier was chosen, and what makes up for it.
func weaker(chosen sandbox.Tier, failures []sandbox.Failure, s settings, user int) []Finding {
	var found []Finding
	for _, f := range failures {
		switch {
		case f.Tier == sandbox.TierA && strings.HasPrefix(f.Step, "cgroup"):
			found = append(found, cgroupFinding(f))
		case f.Tier == sandbox.TierB:
			f := cause(f, s, user)
			f.State = Note
			found = append(found, f)
		}
	}
	remedy := Finding{About: "sandbox", State: Note}
	switch chosen {
	case sandbox.TierC:
		remedy.Key = "tier_c"
	case sandbox.TierD:
		remedy.Key = "tier_d"
	default:
		return found
	}
	return append(found, remedy)
}

// why is a reason, with the remedy.
func why(key string, pairs ...any) Finding {
	f := Finding{About: "sandbox", State: Gap, Key: key, Params: make(map[string]any)}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Params[pairs[i].(string)] = pairs[i+1]
	}
	return f
}

// cause finds the setting that explains a failure, most particular first.
func cause(f sandbox.Failure, s settings, user int) Finding {
	filtered := s.field("proc/self/status", "Seccomp:")
	switch {
	case f.Tier == sandbox.TierGVisor && f.Step == "runsc" && errors.Is(f.Err, exec.ErrNotFound):
		return why("why_no_runsc")
	case f.Tier == sandbox.TierGVisor:
		return why("why_runsc", "step", f.Step, "reason", f.Err.Error())
	case f.Step == "platform":
		return why("why_platform", "os", runtime.GOOS, "arch", runtime.GOARCH)
	case slices.Contains([]string{"wall-socket", "wall-exec", "exec"}, f.Step) && filtered == "":
		return why("why_no_seccomp")
	case !slices.Contains([]string{"start", "stage", "tree", "privileges", "spec"}, f.Step):
		return why("why_other", "step", f.Step, "reason", f.Err.Error())
	case user != 0 && s.value("proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
		return why("why_apparmor")
	case s.value("proc/sys/user/max_user_namespaces") == "0":
		return why("why_userns_none")
	case user != 0 && s.value("proc/sys/kernel/unprivileged_userns_clone") == "0":
		return why("why_userns_clone")
	case filtered == "2":
		return why("why_container")
	case errors.Is(f.Err, syscall.EINVAL) || errors.Is(f.Err, syscall.ENOSYS):
		return why("why_old_kernel", "release", s.value("proc/sys/kernel/osrelease"))
	case errors.Is(f.Err, fs.ErrPermission):
		return why("why_forbidden")
	}
	return why("why_other", "step", f.Step, "reason", f.Err.Error())
}

// cgroupFinding says why the stronger tier does not work.
func cgroupFinding(f sandbox.Failure) Finding {
	found := why("cgroup_other", "step", f.Step, "reason", f.Err.Error())
	switch {
	case f.Step != "cgroup":
	case errors.Is(f.Err, syscall.EROFS):
		found = why("cgroup_read_only")
	case errors.Is(f.Err, fs.ErrPermission):
		found = why("cgroup_forbidden")
	case errors.Is(f.Err, syscall.EBUSY):
		found = why("cgroup_busy")
	}
	found.State = Note
	return found
}

// settings are a file tree that has /proc.
type settings struct{ root fs.FS }

// value is what a file holds, or nothing.
func (s settings) value(name string) string {
	text, _ := fs.ReadFile(s.root, name)
	return strings.TrimSpace(string(text))
}

// field is what follows name in a line of a file, or nothing.
func (s settings) field(file, name string) string {
	for line := range strings.Lines(s.value(file)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}
