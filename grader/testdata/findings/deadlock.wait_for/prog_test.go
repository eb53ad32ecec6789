package prog

import "testing"

func TestReport(t *testing.T) { Report(func() { select {} }) }
