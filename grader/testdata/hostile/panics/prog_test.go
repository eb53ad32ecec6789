package prog

import "testing"

func TestDeferred(t *testing.T)  { Deferred() }
func TestAgain(t *testing.T)     { Again() }
func TestNil(t *testing.T)       { Nil() }
func TestCustom(t *testing.T)    { Custom() }
func TestConverted(t *testing.T) { Converted("") }
func TestError(t *testing.T)     { Error() }
func TestWrapped(t *testing.T)   { Wrapped() }
func TestNumber(t *testing.T)    { Number() }
func TestNamed(t *testing.T)     { Named() }
func TestSound(t *testing.T)     {}
