//go:build linux && (amd64 || arm64)

package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
)

// CgroupPlaces exposes the choice of places as their folders.
func CgroupPlaces(self, mountinfo string) []string {
	var dirs []string
	for _, p := range cgroupPlaces(self, mountinfo) {
		dirs = append(dirs, p.dir)
	}
	return dirs
}

// Groups returns the cgroups of runs that exist; none in tier B.
func (b *Backend) Groups() ([]string, error) {
	if b.groups == nil {
		return nil, nil
	}
	entries, err := os.ReadDir(b.groups.dir)
	var dirs []string
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs, err
}

// FoldersOf returns the cgroup folders of the server with process id pid.
func (b *Backend) FoldersOf(pid int) ([]string, error) {
	if b.groups == nil {
		return nil, nil
	}
	return filepath.Glob(filepath.Join(b.groups.base, groupPrefix+strconv.Itoa(pid)+"-*"))
}

// OpenBare opens the sandbox that is none, on machines that have better.
var OpenBare = openBare
