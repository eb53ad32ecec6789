package corpus

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestSessionsOfManyVisitors(t *testing.T) {
	const visitors, visits = 3, 8
	s := NewSessions(time.Now)
	var wg sync.WaitGroup
	for v := range visitors {
		wg.Go(func() {
			for i := range visits {
				id, ttl := fmt.Sprintf("%d/%d", v, i), time.Hour
				if i%4 == 3 {
					ttl = -time.Hour
				}
				s.Put(id, "ada", ttl)
				if _, ok := s.User(id); ok != (ttl > 0) {
					t.Errorf("User(%q): %v with a time of %v", id, ok, ttl)
				}
			}
		})
	}
	wg.Wait()
	kept, expired := s.Len()
	if want := visitors * visits; kept != want*3/4 || expired != want/4 {
		t.Errorf("Len = %d, %d, want %d, %d", kept, expired, want*3/4, want/4)
	}
}
