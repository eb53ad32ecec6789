package corpus

import "testing"

func TestBacklogIsConsumed(t *testing.T) {
	for range 3 {
		queue := make(chan Message, 3)
		for _, body := range []string{"one", "two", "three"} {
			queue <- Message{"orders", body}
		}
		var got []string
		c := Consume(queue, func(m Message) { got = append(got, m.Body) })
		close(queue)
		if n := c.Wait(); n != 3 || len(got) != 3 {
			t.Errorf("%d messages, handled %q", n, got)
		}
	}
}
