package corpus

import (
	"errors"
	"sync"
)

// Conn is one connection to the server. It is safe for concurrent use.
type Conn interface {
	Call(id int, method string) (string, error)
}

// ErrNoServer means that the server could not be reached.
var ErrNoServer = errors.New("no server")

// Client calls methods of a server over one connection, which it opens when it
// is first needed. It is safe for concurrent use.
type Client struct {
	dial func() (Conn, error)

	mu     sync.Mutex
	lastID int
	conn   Conn
}

// NewClient returns a client that connects by dial.
func NewClient(dial func() (Conn, error)) *Client { return &Client{dial: dial} }

// Call calls one method and returns its answer.
func (c *Client) Call(method string) (string, error) {
	id := c.nextID()
	conn, err := c.connect()
	if err != nil {
		return "", errors.Join(ErrNoServer, err)
	}
	return conn.Call(id, method)
}

func (c *Client) nextID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lastID++
	return c.lastID
}

func (c *Client) connect() (Conn, error) {
	if c.conn != nil {
		return c.conn, nil
	}
	conn, err := c.dial()
	if err != nil {
		return nil, err
	}
	c.conn = conn
	return conn, nil
}
