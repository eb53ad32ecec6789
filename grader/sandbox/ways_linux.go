//go:build linux && (amd64 || arm64)

package sandbox

import (
	"fmt"

	"golang.org/x/sys/unix"
)

const (
	// inNamespaces: the stage was born into namespaces, and builds the tree.
	inNamespaces way = "namespaces"
	// inGuest: the stage runs under another kernel, in a tree made for it.
	inGuest way = "guest"
	// inRoot: the stage changes its root and its user.
	inRoot way = "root"
	// inNothing: the stage can do no more than filter, and the filter refuses
	// names, save for those that a clerk of ours opens.
	inNothing way = "nothing"
)

// enclose gives the program a file tree of its own.
func (s *stage) enclose() error {
	switch s.Way {
	case inNamespaces:
		return s.buildTree()
	case inGuest:
		return s.enterGuestTree()
	case inRoot:
		return s.enterRoot()
	case inNothing:
		return unix.Chdir("/")
	}
	return fmt.Errorf("no such way: %q", s.Way)
}

// changeUser becomes the user of the program, where that is not done yet.
func (s *stage) changeUser() error {
	if s.User == 0 {
		return nil
	}
	if err := unix.Setgroups(nil); err != nil {
		return fmt.Errorf("leaving groups: %w", err)
	}
	if err := unix.Setresgid(s.User, s.User, s.User); err != nil {
		return fmt.Errorf("changing the group: %w", err)
	}
	// From root to another, this also empties the sets of capabilities.
	if err := unix.Setresuid(s.User, s.User, s.User); err != nil {
		return fmt.Errorf("changing the user: %w", err)
	}
	return dieWithParent() // a change of user clears it
}

// enterRoot makes the prepared folder the root.
func (s *stage) enterRoot() error {
	if err := unix.Chdir(s.Root); err != nil {
		return fmt.Errorf("entering the root: %w", err)
	}
	if err := s.writeProc(); err != nil {
		return fmt.Errorf("making up /proc/self: %w", err)
	}
	if err := unix.Chroot("."); err != nil {
		return fmt.Errorf("changing the root: %w", err)
	}
	return unix.Chdir("/tmp")
}
