package measure

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// pageEncoding is what every browser takes.
const pageEncoding = "br"

// hammer asks for a page again and again, on several connections, and returns the
// answers per second. It does next to nothing itself, since it shares the machine
// with the server that is measured.
func hammer(ctx context.Context, address, path string) (float64, error) {
	ctx, stop := context.WithTimeout(ctx, hammerTime)
	defer stop()
	var answers atomic.Int64
	all, ctx := errgroup.WithContext(ctx)
	start := time.Now()
	for range hammers {
		all.Go(func() error {
			conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
			if err != nil {
				return err
			}
			defer conn.Close()
			_ = conn.SetDeadline(start.Add(hammerTime + endTime)) // a server that says nothing must not hold us
			request := []byte("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nAccept-Encoding: " + pageEncoding + "\r\n\r\n")
			from := bufio.NewReaderSize(conn, 64<<10)
			for ctx.Err() == nil {
				if _, err := conn.Write(request); err != nil {
					return err
				}
				if err := skipAnswer(from); err != nil {
					return err
				}
				answers.Add(1)
			}
			return nil
		})
	}
	err := all.Wait()
	return float64(answers.Load()) / time.Since(start).Seconds(), err
}

// skipAnswer reads an answer whose length is told, and forgets it.
func skipAnswer(from *bufio.Reader) error {
	status, err := from.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return fmt.Errorf("answered by %q", status)
	}
	length := -1
	for {
		line, err := from.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return errors.New("an answer without a length")
	}
	_, err = from.Discard(length)
	return err
}
