package attack

import (
	"os"
	"slices"
	"strings"
)

// Census is what this process, the sandbox's programs and its linkers have on this
// machine. Where there is no /proc and no cgroup, there is nothing to see.
type Census struct {
	Processes   []string `json:"processes"` // our descendants, dead ones that nobody waited for included
	Cgroups     []string `json:"cgroups"`   // folders that carry our process id
	Mounts      []string `json:"mounts"`    // in our sight
	Files       []string `json:"files"`
	Descriptors []string `json:"descriptors"` // ours that are open
}

// traces match what the attacks would leave if there were no walls.
var traces = []string{
	"/x", "/dev/x", "/dev/shm/x", "/var/tmp/x", "/run/x", "/lib/x",
	"/tmp/large", "/tmp/code", "/tmp/script", "/tmp/binary", "/tmp/suid", "/tmp/link", "/tmp/n", "/tmp/d", "/tmp/race.*",
}

// Take counts what there is now, files being those that match the patterns, with
// all below them, and those that attacks would leave. Call it once before anything
// is opened, and once when all is closed.
func Take(patterns ...string) Census {
	if r, w, err := os.Pipe(); err == nil { // has the runtime open its own descriptors
		r.Close()
		w.Close()
	}
	c := Census{Files: filesOf(append(slices.Clone(traces), patterns...))}
	c.look()
	return c
}

// Left is what c has and before had not.
func (c Census) Left(before Census) Census {
	return Census{
		beyond(c.Processes, before.Processes), beyond(c.Cgroups, before.Cgroups), beyond(c.Mounts, before.Mounts),
		beyond(c.Files, before.Files), beyond(c.Descriptors, before.Descriptors),
	}
}

// All is everything, each with its kind in front.
func (c Census) All() []string {
	var all []string
	for _, kind := range []struct {
		name string
		list []string
	}{{"process", c.Processes}, {"cgroup", c.Cgroups}, {"mount", c.Mounts}, {"file", c.Files}, {"descriptor", c.Descriptors}} {
		for _, s := range kind.list {
			all = append(all, kind.name+" "+strings.TrimSpace(s))
		}
	}
	return all
}

// beyond is what is in list oftener than in before.
func beyond(list, before []string) []string {
	rest := slices.Clone(before)
	return slices.DeleteFunc(append([]string{}, list...), func(s string) bool {
		i := slices.Index(rest, s)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
		return true
	})
}
