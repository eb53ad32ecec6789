package corpus

import "sync"

// Message is what comes from the queue.
type Message struct {
	Topic string
	Body  string
}

// Handler takes one message.
type Handler func(Message)

// Consumer hands the messages of a queue to a handler that can be exchanged
// while it runs.
type Consumer struct {
	queue <-chan Message
	done  chan struct{}

	mu     sync.Mutex
	handle Handler
	count  int
}

// Consume begins to consume the queue with the given handler.
func Consume(queue <-chan Message, handle Handler) *Consumer {
	c := &Consumer{queue: queue, done: make(chan struct{})}
	c.Use(handle)
	go c.loop()
	return c
}

// Use makes h the handler of all further messages.
func (c *Consumer) Use(h Handler) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handle = h
}

func (c *Consumer) loop() {
	defer close(c.done)
	for m := range c.queue {
		c.current()(m)
	}
}

func (c *Consumer) current() Handler {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	return c.handle
}

// Wait returns how many messages were handled, once the queue was closed and
// all of it consumed.
func (c *Consumer) Wait() int {
	<-c.done
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}
