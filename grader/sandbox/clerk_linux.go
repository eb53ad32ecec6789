//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// clerk opens files for a program that can open none by itself. It never lets a
// call go on: it reads the name, looks it up in a list, and puts a descriptor of
// its own opening into the program, so that nothing is won by changing the name
// meanwhile. Its goroutine runs from start to wait.
type clerk struct {
	socket *os.File          // the listener comes from there
	shown  map[string]string // names that the program may open, and the host's files
	done   chan struct{}
}

// newClerk returns a clerk, and the end of its socket that belongs to the stage.
func newClerk(held *files, shown map[string]string) (*clerk, *os.File, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, err
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "clerk"), os.NewFile(uintptr(pair[1]), "stage")
	held.all = append(held.all, ours, theirs)
	return &clerk{socket: ours, shown: shown, done: make(chan struct{})}, theirs, nil
}

// start begins to serve. The stage must have its end of the socket by now, and
// ours of it be closed.
func (c *clerk) start() {
	go func() {
		defer close(c.done)
		if listener, err := c.listener(); err == nil {
			defer unix.Close(listener)
			c.serve(listener)
		}
	}()
}

// wait returns when the program, which must have ended, is served no more.
func (c *clerk) wait() { <-c.done }

// listener receives the descriptor.
func (c *clerk) listener() (int, error) {
	control := make([]byte, unix.CmsgSpace(4))
	for {
		_, n, _, _, err := unix.Recvmsg(int(c.socket.Fd()), make([]byte, 1), control, unix.MSG_CMSG_CLOEXEC)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n == 0 {
			return -1, errors.Join(err, io.EOF) // the stage died
		}
		messages, err := unix.ParseSocketControlMessage(control[:n])
		if err != nil {
			return -1, err
		}
		fds, err := unix.ParseUnixRights(&messages[0])
		if err != nil {
			return -1, err
		}
		return fds[0], nil
	}
}

// notice is struct seccomp_notif, reply struct seccomp_notif_resp, and insertion
// struct seccomp_notif_addfd, of the kernel's seccomp.h.
type (
	notice struct {
		id         uint64
		pid, flags uint32
		number     int32
		arch       uint32
		ip         uint64
		args       [6]uint64
	}
	reply struct {
		id    uint64
		value int64
		errno int32
		flags uint32
	}
	insertion struct {
		id                             uint64
		flags, source, target, options uint32
	}
)

// serve answers until nobody is left to ask.
func (c *clerk) serve(listener int) {
	for {
		wanted := []unix.PollFd{{Fd: int32(listener), Events: unix.POLLIN}}
		if _, err := unix.Poll(wanted, -1); err != nil && err != unix.EINTR {
			return
		}
		switch {
		case wanted[0].Revents&unix.POLLIN != 0:
			var n notice
			if ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(&n)) == nil {
				c.answer(listener, &n)
			}
		case wanted[0].Revents != 0:
			return // all have ended
		}
	}
}

// answer answers one call. That the caller has died meanwhile is no matter.
func (c *clerk) answer(listener int, n *notice) {
	r := reply{id: n.id}
	switch number := uint32(n.number); {
	case number == unix.SYS_OPENAT:
		r.errno = c.open(listener, n, n.args[1], n.args[2])
	case number == unix.SYS_NEWFSTATAT:
		r.errno = c.stat(listener, n)
	case number == unix.SYS_READLINKAT:
		r.value, r.errno = c.readLink(listener, n, n.args[1], n.args[2], n.args[3])
	case isOldOpen(number):
		r.errno = c.open(listener, n, n.args[0], n.args[1])
	default:
		r.errno = -int32(unix.EPERM)
	}
	if r.errno == sent {
		return
	}
	_ = ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(&r))
}

// sent instead of an error number: the answer has gone out with a descriptor.
const sent = 1

// open opens a shown file, for what the host lets us.
func (c *clerk) open(listener int, n *notice, name, flags uint64) int32 {
	source, ok := c.shown[readName(listener, n, name)]
	if !ok {
		return -int32(unix.ENOENT)
	}
	mode := unix.O_RDONLY
	if source == os.DevNull {
		mode = int(flags) & unix.O_ACCMODE
	}
	fd, err := unix.Open(source, mode|unix.O_CLOEXEC, 0)
	if err != nil {
		return -int32(unix.EACCES)
	}
	defer unix.Close(fd)
	in := insertion{id: n.id, flags: unix.SECCOMP_ADDFD_FLAG_SEND, source: uint32(fd), options: uint32(flags) & unix.O_CLOEXEC}
	if err := ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_ADDFD, unsafe.Pointer(&in)); err != nil {
		return -int32(unix.EMFILE)
	}
	return sent
}

// stat tells about an open file of the program's, as the C library's fstat asks,
// or about a shown one.
func (c *clerk) stat(listener int, n *notice) int32 {
	name := readName(listener, n, n.args[1])
	source, ok := c.shown[name]
	if name == "" && n.args[3]&unix.AT_EMPTY_PATH != 0 {
		source, ok = fmt.Sprintf("/proc/%d/fd/%d", n.pid, int32(n.args[0])), true
	}
	var st unix.Stat_t
	if !ok || unix.Stat(source, &st) != nil {
		return -int32(unix.ENOENT)
	}
	return write(listener, n, n.args[2], unsafe.Slice((*byte)(unsafe.Pointer(&st)), unsafe.Sizeof(st)))
}

// readLink tells the race detector the name of its program.
func (c *clerk) readLink(listener int, n *notice, name, to, room uint64) (int64, int32) {
	if readName(listener, n, name) != "/proc/self/exe" || room < uint64(len(programName)) {
		return 0, -int32(unix.ENOENT)
	}
	return int64(len(programName)), write(listener, n, to, []byte(programName))
}

// readName reads a string in the caller's memory; "" if it is none, or too long, or
// another process' (see asks).
func readName(listener int, n *notice, at uint64) string {
	const page = 4096
	var name []byte
	for len(name) < page && !bytes.Contains(name, []byte{0}) {
		buf := make([]byte, page-at%page) // no further than to the page's end
		local := []unix.Iovec{{Base: &buf[0], Len: uint64(len(buf))}}
		read, err := unix.ProcessVMReadv(int(n.pid), local, []unix.RemoteIovec{{Base: uintptr(at), Len: len(buf)}}, 0)
		if err != nil {
			break
		}
		name, at = append(name, buf[:read]...), at+uint64(read)
	}
	end := bytes.IndexByte(name, 0)
	if end < 0 || !asks(listener, n) {
		return ""
	}
	return string(name[:end])
}

// asks reports whether the caller still waits for its answer. One that does not may
// have ended, and its number be another process', as seccomp_unotify(2) warns: what
// was read there is worth nothing, and nothing is to be written there.
func asks(listener int, n *notice) bool {
	id := n.id
	return ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_ID_VALID, unsafe.Pointer(&id)) == nil
}

// write writes into the caller's memory and returns 0, or an error number.
func write(listener int, n *notice, at uint64, b []byte) int32 {
	if !asks(listener, n) {
		return -int32(unix.EFAULT)
	}
	local := []unix.Iovec{{Base: &b[0], Len: uint64(len(b))}}
	if _, err := unix.ProcessVMWritev(int(n.pid), local, []unix.RemoteIovec{{Base: uintptr(at), Len: len(b)}}, 0); err != nil {
		return -int32(unix.EFAULT)
	}
	return 0
}

func ioctl(fd int, request uintptr, p unsafe.Pointer) error {
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), request, uintptr(p)); errno != 0 {
		return errno
	}
	return nil
}
