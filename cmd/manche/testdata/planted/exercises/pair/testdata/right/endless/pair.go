package pair

import "time"

func Add(f, g func() int) int {
	for range time.Tick(time.Millisecond) {
	}
	return 0
}
