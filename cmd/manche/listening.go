package main

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// listen takes the address that was asked for.
func (p *program) listen(ctx context.Context, addr string) (net.Listener, error) {
	var c net.ListenConfig
	ln, err := c.Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
		return ln, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, p.usage("cli.addr_in_use", "addr", addr)
	}
	return nil, p.usage("cli.addr_refused", "addr", addr, "reason", err.Error())
}
