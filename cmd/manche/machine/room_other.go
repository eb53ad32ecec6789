//go:build !linux && !darwin

package machine

// room is not known here.
func room(string) (mb uint64, known bool) { return 0, false }
