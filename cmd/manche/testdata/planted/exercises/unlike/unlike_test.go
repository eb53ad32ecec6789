package unlike

import "testing"

func TestDo(t *testing.T) { Do() }
