// Network calls the host's listeners, whose addresses are its arguments, and
// opens sockets of every family.
package main

import (
	"net"
	"os"
	"syscall"
	"time"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	for _, a := range os.Args[1:] {
		network := "tcp"
		if a[0] == '@' {
			network = "unix"
		}
		_, err := net.DialTimeout(network, a, time.Second)
		attempt.Try("dial "+a, err)
	}
	_, err := net.Listen("tcp", "127.0.0.1:0")
	attempt.Try("listen", err)
	for name, s := range map[string][3]int{
		"inet":    {unix.AF_INET, unix.SOCK_STREAM, 0},
		"inet6":   {unix.AF_INET6, unix.SOCK_DGRAM, 0},
		"unix":    {unix.AF_UNIX, unix.SOCK_STREAM, 0},
		"netlink": {unix.AF_NETLINK, unix.SOCK_RAW, 0},
		"raw":     {unix.AF_INET, unix.SOCK_RAW, 1},
		"packet":  {unix.AF_PACKET, unix.SOCK_RAW, 0},
		"vsock":   {unix.AF_VSOCK, unix.SOCK_STREAM, 0},
		"alg":     {unix.AF_ALG, unix.SOCK_SEQPACKET, 0},
		"xdp":     {unix.AF_XDP, unix.SOCK_RAW, 0},
		"can":     {unix.AF_CAN, unix.SOCK_RAW, 1},
		"key":     {unix.AF_KEY, unix.SOCK_RAW, 2},
	} {
		_, err := syscall.Socket(s[0], s[1], s[2])
		attempt.Try("socket "+name, err)
	}
	_, err = syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	attempt.Try("socketpair", err)
	attempt.Done()
}
