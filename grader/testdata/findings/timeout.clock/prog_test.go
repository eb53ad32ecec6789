package prog

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestMap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		Map([]int{1, 2}, func(n int) int {
			<-time.After(time.Second)
			return n
		})
	})
}
