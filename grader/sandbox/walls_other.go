//go:build !linux || !(amd64 || arm64)

package sandbox

import (
	"context"
	"errors"
)

// Init must be the first call of main, and of TestMain in packages whose tests
// run a sandbox. Here, where there are no walls to put up, it does nothing.
func Init() {}

func openWalls(context.Context, Config) (*Backend, []Failure) {
	return nil, []Failure{{TierB, "platform", errors.ErrUnsupported}}
}

func (Config) cellWithWalls(Tool) (*Cell, error) { return nil, errors.ErrUnsupported }

// cgroups do not exist here.
type cgroups struct{}

func (*cgroups) sweep() error { return nil }
func (*cgroups) close() error { return nil }
