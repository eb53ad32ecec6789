//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

const (
	// stagingDir is where the new tree is put together; every Linux has it, and
	// only this process sees what is mounted on it.
	stagingDir = "/tmp"
	// rootSize and rootInodes bound the read-only root, in bytes and in files:
	// folders, places to mount on and an environment fit in.
	rootSize, rootInodes = 1 << 20, 128
	// scratchInodes bounds the files in /tmp: tests make tens.
	scratchInodes = 1024
)

// buildTree makes a file tree of its own and leaves the host's. Nothing that is
// mounted here shows there: in a new user namespace, mounts are slaves of the
// host's, if not private (mount_namespaces(7)).
func (s *stage) buildTree() error {
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"mounting the root", mountRoot},
		{"mounting /tmp", s.mountScratch},
		{"showing /dev/null", bindNull},
		{"showing libraries", s.bindLibraries},
		{"making up /proc/self", s.writeProc},
		{"leaving the host's tree", pivot},
		{"naming the host", func() error { return unix.Sethostname([]byte("sandbox")) }},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return unix.Chdir("/tmp")
}

func mountRoot() error {
	options := fmt.Sprintf("size=%d,nr_inodes=%d,mode=755", rootSize, rootInodes)
	if err := unix.Mount("tmpfs", stagingDir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, options); err != nil {
		return err
	}
	return unix.Chdir(stagingDir)
}

func (s *stage) mountScratch() error {
	if err := os.Mkdir("tmp", 0o755); err != nil {
		return err
	}
	options := fmt.Sprintf("size=%d,nr_inodes=%d,mode=1777", s.Limits.Scratch, scratchInodes)
	return unix.Mount("tmpfs", "tmp", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, options)
}

// bindNull shows the one device that programs need. Not /dev/zero: shared
// mappings of it are memory that RSS can be made to forget.
func bindNull() error {
	return bind(os.DevNull, os.DevNull, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NOEXEC)
}

func (s *stage) bindLibraries() error {
	for _, l := range s.Libraries {
		if err := bind(l.Source, l.Target, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV); err != nil {
			return err
		}
	}
	return nil
}

// bind shows the host's file source at target below the new root, with the
// given attributes added to those it has.
func bind(source, target string, attributes uint64) error {
	target = "." + target
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(target, nil, 0o444); err != nil {
		return err
	}
	if err := unix.Mount(source, target, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("binding %s: %w", source, err)
	}
	if err := unix.MountSetattr(unix.AT_FDCWD, target, 0, &unix.MountAttr{Attr_set: attributes}); err != nil {
		return fmt.Errorf("restricting %s: %w", source, err)
	}
	return nil
}

// writeProc makes up the three objects that the race detector's runtime reads
// at its start. It finds GORACE there and nowhere else; without them it also
// sleeps for a second at exit. No real /proc means no way around through one.
func (s *stage) writeProc() error {
	if err := os.MkdirAll("proc/self", 0o755); err != nil {
		return err
	}
	for name, list := range map[string][][]byte{"environ": s.Env, "cmdline": s.Args} {
		if err := os.WriteFile("proc/self/"+name, zeroEnded(list), 0o444); err != nil {
			return err
		}
	}
	return os.Symlink(programName, "proc/self/exe")
}

// zeroEnded joins entries, each with a zero byte after it.
func zeroEnded(list [][]byte) []byte {
	var b bytes.Buffer
	for _, entry := range list {
		b.Write(entry)
		b.WriteByte(0)
	}
	return b.Bytes()
}

// pivot makes the current folder the root, lets go of the old one, which is
// stacked below it, and makes the new one read-only.
func pivot() error {
	if err := unix.PivotRoot(".", "."); err != nil {
		return err
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return err
	}
	return unix.MountSetattr(unix.AT_FDCWD, "/", 0, &unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY})
}
