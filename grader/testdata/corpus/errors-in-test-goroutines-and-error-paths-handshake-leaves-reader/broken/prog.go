package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrProtocol means that the other side does not speak our language.
var ErrProtocol = errors.New("protocol error")

// Client talks line by line over a connection.
type Client struct {
	conn  io.ReadWriteCloser
	lines chan string
}

// NewClient takes over the connection and waits for the greeting. The client
// must be closed, unless there is an error.
func NewClient(conn io.ReadWriteCloser) (*Client, error) {
	c := &Client{conn: conn, lines: make(chan string)}
	go c.read()
	greeting, ok := <-c.lines
	if !ok {
		return nil, fmt.Errorf("greeting: %w", io.ErrUnexpectedEOF)
	}
	if version, ok := strings.CutPrefix(greeting, "HELLO "); !ok || version != "2" {
		return nil, fmt.Errorf("%w: greeting %q", ErrProtocol, greeting)
	}
	return c, nil
}

// read passes lines on until the connection is closed.
func (c *Client) read() {
	defer close(c.lines)
	scanner := bufio.NewScanner(c.conn)
	for scanner.Scan() {
		c.lines <- scanner.Text()
	}
}

// Ask sends a question and returns the answer.
func (c *Client) Ask(question string) (string, error) {
	if _, err := fmt.Fprintln(c.conn, question); err != nil {
		return "", err
	}
	answer, ok := <-c.lines
	if !ok {
		return "", io.ErrUnexpectedEOF
	}
	return answer, nil
}

// Close ends the connection and waits for the reader.
func (c *Client) Close() error {
	err := c.conn.Close()
	for range c.lines {
	}
	return err
}
