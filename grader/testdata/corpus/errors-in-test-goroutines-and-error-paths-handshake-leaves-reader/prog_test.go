package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"testing"
)

// serve answers each line by its length, after the greeting.
func serve(conn net.Conn, greeting string) {
	fmt.Fprintln(conn, greeting)
	for in := bufio.NewScanner(conn); in.Scan(); {
		fmt.Fprintln(conn, len(in.Text()))
	}
}

func TestAsk(t *testing.T) {
	here, there := net.Pipe()
	go serve(there, "HELLO 2")
	c, err := NewClient(here)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, err := c.Ask("how long"); got != "8" || err != nil {
		t.Errorf("Ask = %q, %v, want 8", got, err)
	}
}

func TestOldServer(t *testing.T) {
	here, there := net.Pipe()
	go serve(there, "HELLO 1")
	if _, err := NewClient(here); !errors.Is(err, ErrProtocol) {
		t.Errorf("NewClient: %v, want %v", err, ErrProtocol)
	}
}
