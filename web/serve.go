package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Bounds of a connection.
const (
	headerTime = 5 * time.Second  // a browser sends its headers at once
	readTime   = 15 * time.Second // 256 KiB take 10 s at the speed of a bad mobile line
	writeTime  = 30 * time.Second // a page with its verdict, over the same line
	idleTime   = 2 * time.Minute  // a reader turns a page within that
	headerSize = 32 << 10         // bytes; cookies of a few hundred and room
	// DrainTime is what requests get to finish when the server stops. Service
	// managers commonly give ten seconds in all.
	DrainTime = 8 * time.Second
)

// Serve answers on ln, which it closes, until ctx ends. It then ends the event
// streams, lets the other requests finish, and returns nil; the error tells why
// it could not serve or had to cut requests short. It is called once.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	return Serve(ctx, ln, s, DrainTime, s.Log)
}

// Handler answers requests, and has streams that end when they are told to.
// [Server] is one. It may be a [Preparer] besides.
type Handler interface {
	http.Handler
	// EndStreams lets each stream say its last and end. It returns at once, and may
	// be called again.
	EndStreams()
}

// Serve answers on ln by a handler as [Server.Serve] does. When it ends, requests
// get as long as drain to finish; those that are cut short make it return an error
// that is context.DeadlineExceeded. No handler runs any more when it returns, unless
// one goes on longer after that than any answer may take: the error says so.
func Serve(ctx context.Context, ln net.Listener, h Handler, drain time.Duration, log *slog.Logger) error {
	handlers := newUnderWay(preparedFirst(h))
	srv := &http.Server{
		Handler: handlers, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerSize, ConnContext: knowConn,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(preparedListener{ln}) }()
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("serving on %s: %w", ln.Addr(), err), srv.Close(), handlers.end(writeTime))
	case <-ctx.Done():
	}
	h.EndStreams()
	drained, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := srv.Shutdown(drained)
	if err != nil {
		err = errors.Join(fmt.Errorf("waiting for requests to finish: %w", err), srv.Close(), handlers.end(writeTime))
	}
	<-failed // http.ErrServerClosed: the goroutine above has ended
	return err
}

// EndStreams implements [Handler].
func (s *Server) EndStreams() { s.stop.Do(func() { close(s.stopping) }) }
