//go:build !linux

package build_test

// serverEnv is set for nobody: there are no walls here.
const serverEnv = "MANCHE_BUILD_TEST_SERVER"

func serveUntilKilled() {}

func dropHostile() {}
