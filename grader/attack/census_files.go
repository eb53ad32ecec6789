package attack

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// filesOf lists what the patterns match and what is below that; what cannot be
// read has nothing below.
func filesOf(patterns []string) []string {
	var all []string
	for _, pattern := range patterns {
		matches, _ := filepath.Glob(pattern)
		for _, match := range matches {
			_ = filepath.WalkDir(match, func(path string, _ fs.DirEntry, err error) error {
				if err == nil {
					all = append(all, path)
				}
				return nil
			})
		}
	}
	return all
}

// look fills in all but the files.
func (c *Census) look() {
	c.Descriptors = descriptors()
	c.Processes = descendants(strconv.Itoa(os.Getpid()), parents())
	c.Mounts = mounts()
	c.Cgroups = cgroupsOf(os.Getpid())
}

// mounts lists what is mounted in our sight.
func mounts() []string {
	mountinfo, _ := os.ReadFile("/proc/self/mountinfo")
	return slices.Collect(strings.Lines(string(mountinfo)))
}

// cgroupsOf lists the cgroups that carry a process's number in their name, as a
// sandbox's do.
func cgroupsOf(pid int) []string {
	var all []string
	for _, mount := range mounts() {
		// id parent device root mount options... - type source superoptions
		own, rest, _ := strings.Cut(mount, " - ")
		if f := strings.Fields(own); len(f) > 4 && strings.HasPrefix(rest, "cgroup") {
			all = append(all, foldersBelow(f[4], "manche-"+strconv.Itoa(pid)+"-")...)
		}
	}
	return all
}

// descriptors lists those that are open, by what they are of. The one that reads
// the list is among them each time.
func descriptors() []string {
	const folder = "/proc/self/fd"
	entries, _ := os.ReadDir(folder)
	var all []string
	for _, e := range entries {
		if target, err := os.Readlink(filepath.Join(folder, e.Name())); err == nil {
			all = append(all, e.Name()+" "+target)
		}
	}
	return all
}

// parents maps each process to its parent.
func parents() map[string]string {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	all := make(map[string]string, len(stats))
	for _, name := range stats {
		text, _ := os.ReadFile(name)
		if f := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])); len(f) > 1 { // state, parent, ...
			all[filepath.Base(filepath.Dir(name))] = f[1]
		}
	}
	return all
}

func descendants(of string, parents map[string]string) []string {
	var all []string
	for pid, parent := range parents {
		if parent == of {
			all = append(append(all, pid), descendants(pid, parents)...)
		}
	}
	slices.Sort(all)
	return all
}

// foldersBelow lists the folders with this beginning of their name.
func foldersBelow(root, beginning string) []string {
	var all []string
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(d.Name(), beginning) {
			all = append(all, path)
		}
		return nil
	})
	return all
}
