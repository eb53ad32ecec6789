package small

import "testing"

func TestOne(t *testing.T) { Do() }
