package prog

import "testing"

func TestReport(t *testing.T) {
	lines := make(chan string, 1)
	close(lines)
	Report(lines)
}
