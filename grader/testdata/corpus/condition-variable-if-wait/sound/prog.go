package corpus

import "sync"

// Stack holds work orders, the newest on top.
type Stack struct {
	mu     sync.Mutex
	filled *sync.Cond
	orders []string
	closed bool
}

// NewStack returns an empty stack.
func NewStack() *Stack {
	s := &Stack{}
	s.filled = sync.NewCond(&s.mu)
	return s
}

// Push puts an order on top and wakes a worker for it.
func (s *Stack) Push(order string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders = append(s.orders, order)
	s.filled.Signal()
}

// Pop waits for an order and takes it. It reports false when the stack is
// closed and empty.
func (s *Stack) Pop() (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.orders) == 0 && !s.closed {
		s.filled.Wait()
	}
	if s.closed && len(s.orders) == 0 {
		return "", false
	}
	top := len(s.orders) - 1
	order := s.orders[top]
	s.orders = s.orders[:top]
	return order, true
}

// Close wakes the workers to tell them that no more orders come.
func (s *Stack) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.filled.Broadcast()
}
