package corpus

import (
	"fmt"
	"sync"
	"testing"
)

func TestNothingComesAfterClose(t *testing.T) {
	var bus Bus
	var publisher sync.WaitGroup
	publisher.Go(func() {
		for n := range 30 {
			bus.Publish(fmt.Sprintf("event %d", n))
		}
	})
	for range 3 {
		var got []string
		s := bus.Subscribe(func(event string) { got = append(got, event) })
		s.Close()
		for i := range got {
			if i > 0 && got[i] == got[i-1] {
				t.Errorf("%q came twice", got[i])
			}
		}
	}
	publisher.Wait()
}
