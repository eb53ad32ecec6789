package prog

import (
	"testing"
	"time"
)

func TestRefresh(t *testing.T) { Refresh(time.Hour, func() {})() }
