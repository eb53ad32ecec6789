package prog

import "testing"

func TestReport(t *testing.T) { Report(make(chan string)) }
