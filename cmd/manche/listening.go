package main

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// serveAddr is where the site is, unless another address was named.
const serveAddr = "localhost:8080"

// listen takes the address that was asked for.
func (p *program) listen(ctx context.Context, addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(ctx, "tcp", port)
	}
	if err != nil {
		return nil, p.usage("cli.addr_syntax", "addr", addr, "example", serveAddr)
	}
	var c net.ListenConfig
	ln, err := c.Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
		return ln, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, p.usage("cli.addr_in_use", "addr", addr)
	}
	return nil, p.usage("cli.addr_refused", "addr", addr, "reason", err.Error(), "example", serveAddr)
}
