//go:build !linux || !(amd64 || arm64)

package sandbox

import (
	"context"
	"errors"
)

func openWalls(context.Context, Config) (*Backend, []Failure) {
	return nil, []Failure{{TierB, "platform", errors.ErrUnsupported}}
}

func (Config) cellWithWalls(Tool) (*Cell, error) { return nil, errors.ErrUnsupported }

// cgroups, state and stages do not exist here.
type (
	cgroups struct{}
	state   struct{}
	stages  struct{}
)

func (*cgroups) close() error { return nil }
func (*state) close() error   { return nil }
func (*stages) close() error  { return nil }
func (*stages) expect(int)    {}
