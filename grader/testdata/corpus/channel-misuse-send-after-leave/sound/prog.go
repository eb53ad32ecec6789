package corpus

import "sync"

// Room passes what is said on to everyone in it.
type Room struct {
	mu      sync.Mutex
	members map[string]chan string
}

// Join enters the room. What is said arrives on the channel, which is closed
// when the member leaves; who does not read misses the oldest lines.
func (r *Room) Join(name string) <-chan string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.members == nil {
		r.members = make(map[string]chan string)
	}
	c := make(chan string, 4)
	r.members[name] = c
	return c
}

// Leave ends a membership. It is harmless for who is not there.
func (r *Room) Leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c, ok := r.members[name]; ok {
		delete(r.members, name)
		close(c)
	}
}

// Say passes a line on and returns to how many.
func (r *Room) Say(line string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.members {
		select {
		case c <- line:
		default:
			offer(c, line)
		}
	}
	return len(r.members)
}

// offer makes room for the line where the channel is full.
func offer(c chan string, line string) {
	select {
	case <-c:
	default:
	}
	select {
	case c <- line:
	default:
	}
}
