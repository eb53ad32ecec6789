package pair

import "time"

func Add(f, g func() int) int {
	for tick := time.Tick(time.Millisecond); ; {
		<-tick
	}
}
