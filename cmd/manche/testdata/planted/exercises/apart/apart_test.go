package apart

import (
	"testing"
	"testing/synctest"
)

func TestDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { calls++ })
}
