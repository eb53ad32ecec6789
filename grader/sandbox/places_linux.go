//go:build linux && (amd64 || arm64)

package sandbox

import (
	"path/filepath"
	"slices"
	"strings"
)

// cgroupPlace is a folder of a cgroup file system in which a server may try to
// make its own.
type cgroupPlace struct {
	dir     string
	unified bool
}

// cgroupPlaces returns where groups that limit memory could be made, best
// first, given the contents of /proc/self/cgroup and /proc/self/mountinfo.
//
// The best is below the group that we are in: what limits us limits programs
// too. In version 2 a group with processes in it, such as ours, can have no limited
// children, unless it is the root; the place beside us is the second choice. It
// is the one where systemd delegates a unit with DelegateSubgroup, and where a
// user's session keeps applications.
func cgroupPlaces(self, mountinfo string) []cgroupPlace {
	var places []cgroupPlace
	for line := range strings.Lines(self) {
		// hierarchy:controllers:path, see cgroups(7)
		f := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(f) != 3 {
			continue
		}
		unified := f[0] == "0" && f[1] == ""
		if !unified && !slices.Contains(strings.Split(f[1], ","), "memory") {
			continue
		}
		mount, inside := cgroupMount(mountinfo, f[2], unified)
		if mount == "" {
			continue
		}
		places = append(places, cgroupPlace{filepath.Join(mount, inside), unified})
		if unified && inside != "/" {
			places = append(places, cgroupPlace{filepath.Join(mount, filepath.Dir(inside)), true})
		}
	}
	// Version 1 where memory is bound to it: version 2 cannot have it as well.
	slices.SortStableFunc(places, func(a, b cgroupPlace) int {
		switch {
		case a.unified == b.unified:
			return 0
		case b.unified:
			return -1
		}
		return 1
	})
	return places
}

// cgroupMount finds where the hierarchy is mounted and what path is called
// below that; nothing if it is out of sight.
func cgroupMount(mountinfo, path string, unified bool) (mount, inside string) {
	for line := range strings.Lines(mountinfo) {
		// id parent device root mount options... - type source superoptions
		own, rest, ok := strings.Cut(strings.TrimSpace(line), " - ")
		f, kind := strings.Fields(own), strings.Fields(rest)
		if !ok || len(f) < 5 || len(kind) < 3 {
			continue
		}
		right := kind[0] == "cgroup" && slices.Contains(strings.Split(kind[2], ","), "memory")
		if unified {
			right = kind[0] == "cgroup2"
		}
		below, err := filepath.Rel(f[3], path)
		if right && err == nil && below != ".." && !strings.HasPrefix(below, "../") {
			return f[4], filepath.Join("/", below)
		}
	}
	return "", ""
}
