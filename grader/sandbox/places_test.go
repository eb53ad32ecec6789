//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"slices"
	"testing"

	"manche/grader/sandbox"
)

func TestCgroupPlaces(t *testing.T) {
	const (
		v1 = "30 25 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n" +
			"31 25 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"
		v2     = "29 25 0:25 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
		hybrid = v1 + "40 25 0:40 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
	)
	for _, c := range []struct {
		name, self, mounts string
		want               []string
	}{
		{"version 1", "4:memory:/a/b\n3:cpu,cpuacct:/a\n", v1, []string{"/sys/fs/cgroup/memory/a/b"}},
		{"version 2", "0::/user.slice/app.scope\n", v2, []string{"/sys/fs/cgroup/user.slice/app.scope", "/sys/fs/cgroup/user.slice"}},
		{"version 2, in the root", "0::/\n", v2, []string{"/sys/fs/cgroup"}},
		{"hybrid", "0::/a\n4:memory:/b\n", hybrid,
			[]string{"/sys/fs/cgroup/memory/b", "/sys/fs/cgroup/unified/a", "/sys/fs/cgroup/unified"}},
		{"container without a namespace", "4:memory:/docker/x/y\n",
			"30 25 0:26 /docker/x /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", []string{"/sys/fs/cgroup/memory/y"}},
		{"out of sight", "4:memory:/docker/x\n", "30 25 0:26 /docker/z /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", nil},
		{"nothing mounted", "4:memory:/a\n0::/\n", "", nil},
		{"not what it should be", "memory\n::\n0\n", "x y - z\n-\n", nil},
	} {
		if got := sandbox.CgroupPlaces(c.self, c.mounts); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
