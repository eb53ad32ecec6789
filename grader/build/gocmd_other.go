//go:build !linux

package build

import "os/exec"

// endWithUs has nothing to offer here: what was begun is finished.
func endWithUs(*exec.Cmd) {}
