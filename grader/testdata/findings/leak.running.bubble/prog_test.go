package prog

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestRefresh(t *testing.T) {
	synctest.Test(t, func(*testing.T) { Refresh(time.Hour, func() {}) })
}
