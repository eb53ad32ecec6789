//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// keepWalled copies a file out of the tool's folder. What stands there may be of
// the tool's worst making: a link, a pipe, a file that grows.
func (c *walledCell) keepWalled(dir, name string) error {
	fd, err := unix.Openat(c.folder, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err == unix.ELOOP {
		return errNotFile
	}
	if err != nil {
		return &os.PathError{Op: "open", Path: name, Err: err}
	}
	in := os.NewFile(uintptr(fd), name)
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errNotFile
	}
	if err := copyTo(filepath.Join(dir, name), io.LimitReader(in, info.Size())); err != nil {
		return err
	}
	_ = unix.Unlinkat(c.folder, name, 0) // gives the memory back; the tool's end does too
	return nil
}

// copyTo makes a file. No child is born meanwhile: until it executes something, it
// would hold the file open for writing, and nobody can execute what is.
func copyTo(path string, from io.Reader) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, from)
	return errors.Join(err, out.Close())
}
