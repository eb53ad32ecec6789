package prog

import "testing"

func TestMeter(t *testing.T) {
	var m Meter
	m.Start(func(int) {})
	m.Limit = 10
	m.Wait()
}
