package attack

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
)

// Host is what a host has, for programs to reach for: listeners, and a process.
type Host struct {
	addresses []string
	process   int
	listeners []net.Listener
}

// OpenHost opens TCP listeners and one with an abstract name. It must be closed.
func OpenHost() (Host, error) {
	h := Host{process: target()}
	for _, at := range [][2]string{{"tcp", "127.0.0.1:0"}, {"tcp", "[::1]:0"}, {"unix", "@manche-" + rand.Text()}} {
		l, err := net.Listen(at[0], at[1])
		if err != nil && at[1] == "[::1]:0" {
			continue // a host without IPv6
		}
		if err != nil {
			return Host{}, errors.Join(fmt.Errorf("opening what attacks reach for: %w", err), h.Close())
		}
		h.listeners = append(h.listeners, l)
		h.addresses = append(h.addresses, l.Addr().String())
	}
	return h, nil
}

// target is a process of the host's: our parent, or we. In a container both may be
// the first one, whose number a program behind walls has itself; it has no second.
func target() int {
	const first = 1
	for _, pid := range []int{os.Getppid(), os.Getpid()} {
		if pid > first {
			return pid
		}
	}
	return first + 1
}

// Addresses are those of the listeners.
func (h Host) Addresses() []string { return h.addresses }

// Close closes the listeners.
func (h Host) Close() error {
	var err error
	for _, l := range h.listeners {
		err = errors.Join(err, l.Close())
	}
	return err
}
