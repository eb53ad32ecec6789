package wire

import "bytes"

// MessageKind says what a message of a conversation is.
type MessageKind string

// The kinds of messages: what the checks say, and what the answer does.
const (
	Open  MessageKind = "open"  // a check starts
	Call  MessageKind = "call"  // a function is to be called
	Close MessageKind = "close" // the check is over
	Leave MessageKind = "leave" // no check follows

	Answer MessageKind = "answer" // what a call returned
	Exited MessageKind = "exited" // a call ended its goroutine and returned nothing
	Closed MessageKind = "closed" // all was looked at that the check has left
)

// Message is one line of the conversation between checks and an answer that run
// in two processes. It stands between the frames of their reports. No key
// vouches for it: what the answer says is what it answers.
type Message struct {
	Kind MessageKind
	ID   uint64 // of a call, and of what became of it
	Name string // of the check, or of the function
	Body string // arguments or results, as EncodeValues has them

	// With what the checks say:
	Repetition int
	Seed       uint64   // of the yields
	Seen       []uint64 // the calls that have returned since the last message

	// With Closed:
	Found    bool  // the check need not run again
	Shaken   bool  // there was something to perturb
	WorkedUS int64 // processor time and pauses, in microseconds
}

// messageMark begins the line of a message. Those of frames begin with a MAC.
const messageMark = '>'

// MaxMessage bounds the line of a message, in bytes.
const MaxMessage = 1 << 20

// Encode puts the message into a line.
func (m Message) Encode() []byte {
	c := codec{buf: []byte{messageMark}}
	m.walk(&c)
	return append(c.buf, '\n')
}

// IsMessage reports whether a line, or its beginning, is that of a message.
func IsMessage(line []byte) bool { return len(line) > 0 && line[0] == messageMark }

// ParseMessage reads a line that Encode made, its end included.
func ParseMessage(line []byte) (Message, bool) {
	var m Message
	body, whole := bytes.CutSuffix(line, []byte{'\n'})
	if !whole || !IsMessage(body) || len(line) > MaxMessage {
		return m, false
	}
	c := codec{buf: body[1:], reading: true}
	m.walk(&c)
	return m, c.done()
}

// walk goes through all fields of a message.
func (m *Message) walk(c *codec) {
	c.text((*string)(&m.Kind))
	number(c, &m.ID)
	c.text(&m.Name)
	c.raw(&m.Body)
	number(c, &m.Repetition)
	number(c, &m.Seed)
	list(c, &m.Seen, number[uint64])
	c.flag(&m.Found)
	c.flag(&m.Shaken)
	number(c, &m.WorkedUS)
}

// Say writes a message.
func (r *Reporter) Say(m Message) {
	line := m.Encode()
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = r.out.Write(line) // who cannot be heard gets no answer
}
