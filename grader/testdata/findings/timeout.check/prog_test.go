package prog

import (
	"testing"
	"time"
)

func TestPatience(t *testing.T) { Patience(time.Hour) }
