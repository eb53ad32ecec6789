//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// prepare makes all that needs memory; the limits come after it.
func (s *stage) prepare() error {
	t, err := newTicket(s.Args, s.Env)
	if err != nil {
		return fmt.Errorf("laying out the arguments: %w", err)
	}
	s.ticket = t
	s.filter, err = bpf.Assemble(buildFilter(uint64(t.argv), s.Way, len(s.Libraries) > 0, unix.Getpid()))
	if err != nil {
		return fmt.Errorf("assembling the filter: %w", err)
	}
	return nil
}

// execute installs the filter and executes the program. It returns only when
// that fails.
func (s *stage) execute() error {
	if _, err := unix.Write(fdStatus, []byte{ready}); err != nil {
		return fmt.Errorf("telling that all is ready: %w", err)
	}
	listens := s.Way == inNothing
	listener, err := install(s.filter, listens)
	if err == nil && listens {
		err = unix.Sendmsg(fdListener, []byte{ready}, unix.UnixRights(listener), nil, 0)
	}
	if err != nil {
		return fmt.Errorf("installing the filter: %w", err)
	}
	empty := [1]byte{} // with AT_EMPTY_PATH, the descriptor itself
	_, _, errno := unix.RawSyscall6(unix.SYS_EXECVEAT, uintptr(s.program), uintptr(unsafe.Pointer(&empty)), s.ticket.argv, s.ticket.envp, unix.AT_EMPTY_PATH, 0)
	return fmt.Errorf("executing the program: %w", errno)
}

// install filters this thread; with listens, it returns the descriptor on which
// the calls that the filter does not decide can be answered.
func install(filter []bpf.RawInstruction, listens bool) (listener int, err error) {
	flags := 0
	if listens {
		flags = unix.SECCOMP_FILTER_FLAG_NEW_LISTENER
	}
	raw := make([]unix.SockFilter, len(filter))
	for i, f := range filter {
		raw[i] = unix.SockFilter{Code: f.Op, Jt: f.Jt, Jf: f.Jf, K: f.K}
	}
	program := unix.SockFprog{Len: uint16(len(raw)), Filter: &raw[0]}
	fd, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, uintptr(flags), uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return -1, errno
	}
	return int(fd), nil
}

// ticket is the one permission to execute: the filter lets execveat pass when
// its argument vector is at this address, which nobody can guess and which
// exists no more when the program runs.
type ticket struct{ argv, envp uintptr }

// ticketSpace is the address space in which the vector's place is drawn, in
// bytes; only the pages that are written cost memory. With the kernel's own 28
// random bits, some 2⁵¹ places: years of trying.
const ticketSpace = 64 << 20

// newTicket lays out the vectors of args and env, with their strings, at a
// random place.
func newTicket(args, env [][]byte) (ticket, error) {
	space, err := unix.Mmap(-1, 0, ticketSpace, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_NORESERVE)
	if err != nil {
		return ticket{}, err
	}
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return ticket{}, err
	}
	const word = 8
	vectors := word * (len(args) + 1 + len(env) + 1)
	size := vectors
	for _, s := range slices.Concat(args, env) {
		size += len(s) + 1
	}
	if size > ticketSpace/2 {
		return ticket{}, errors.New("arguments and environment are too long")
	}
	offset := int(binary.NativeEndian.Uint64(random[:])%uint64(ticketSpace-size)) &^ (word - 1)
	block := space[offset : offset+size]
	base := uintptr(unsafe.Pointer(&block[0]))
	text := block[vectors:vectors:size]
	for i, s := range slices.Concat(args, [][]byte{nil}, env, [][]byte{nil}) {
		if i == len(args) || i == len(args)+1+len(env) {
			continue // the zero that ends a vector
		}
		if bytes.IndexByte(s, 0) >= 0 {
			return ticket{}, errors.New("a zero byte in an argument or the environment")
		}
		binary.NativeEndian.PutUint64(block[i*word:], uint64(base)+uint64(vectors+len(text)))
		text = append(append(text, s...), 0)
	}
	return ticket{argv: base, envp: base + uintptr(word*(len(args)+1))}, nil
}
