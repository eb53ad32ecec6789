package web_test

import (
	"bufio"
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"

	"manche/web"
)

// served is a site that is served as the program does it, beside one that answers
// through package net/http alone.
func served(t *testing.T) (plain *site, address string) {
	t.Helper()
	s := open(t, func(c *web.Config) { c.Passing = false })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.web.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Serve returned %v, want nil", err)
		}
	})
	return s, ln.Addr().String()
}

// conversation sends requests over one connection, all at once, and reads the
// answers. After them the connection must have ended.
func conversation(t *testing.T, address string, requests ...string) []answer {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, strings.Join(requests, "")); err != nil {
		t.Fatal(err)
	}
	var answers []answer
	from := bufio.NewReader(conn)
	for _, request := range requests {
		method, _, _ := strings.Cut(request, " ")
		res, err := http.ReadResponse(from, &http.Request{Method: method})
		if err != nil {
			t.Fatalf("the answer to %q: %v", request, err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatalf("the answer to %q: %v", request, err)
		}
		res.Body.Close()
		answers = append(answers, answer{res.StatusCode, res.Header, string(body)})
	}
	if _, err := from.ReadByte(); err != io.EOF {
		t.Errorf("after the last answer: %v, want the end", err)
	}
	return answers
}

// A page that is prepared is the one that package net/http would have sent, to the
// byte and with all of its headers.
func TestPreparedAnswersAreThoseOfNetHTTP(t *testing.T) {
	s, address := served(t)
	for _, path := range []string{"/fr/", "/en/", "/fr/lessons/leaks", "/en/lessons/channels"} {
		for _, line := range []string{"", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n", "Cookie: lang=fr\r\n", "Cookie: lang=en\r\n"} {
			request := "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + line + "Connection: close\r\n\r\n"
			want := conversation(t, s.Listener.Addr().String(), request)[0]
			got := conversation(t, address, request)[0]
			delete(want.header, "Date")
			if got.header.Get("Date") == "" {
				t.Errorf("%q: no date", request)
			}
			delete(got.header, "Date")
			if got.status != want.status || !maps.EqualFunc(got.header, want.header, func(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }) {
				t.Errorf("%q is answered by %d %v, want %d %v", request, got.status, got.header, want.status, want.header)
			}
			if got.body != want.body || len(got.body) < 500 {
				t.Errorf("%q is answered by %d bytes, want these %d", request, len(got.body), len(want.body))
			}
		}
	}
}

// Prepared answers keep their place among the others of a connection, which goes
// on and ends as the client asks for.
func TestPreparedAnswersAmongOthers(t *testing.T) {
	_, address := served(t)
	const page, host = " /en/ HTTP/1.1\r\n", "Host: x\r\n\r\n"
	first := conversation(t, address, "GET"+page+"Host: x\r\nConnection: close\r\n\r\n")[0]
	known := "If-None-Match: " + first.header.Get("ETag") + "\r\n"
	requests := []string{
		"GET" + page + host, "GET /healthz HTTP/1.1\r\n" + host, "HEAD" + page + host, "GET" + page + known + host,
		"GET" + page + "Content-Length: 5\r\nHost: x\r\n\r\nGET /", "GET /en/nowhere HTTP/1.1\r\n" + host, "POST" + page + "Content-Length: 0\r\n" + host,
		"GET" + page + "Range: bytes=0-9\r\n" + host, "GET" + page + host, "GET /en/ HTTP/1.0\r\n\r\n",
	}
	want := []struct{ status, length int }{
		{200, len(first.body)}, {200, -1}, {200, 0}, {304, 0}, {200, len(first.body)}, {404, -1}, {405, -1}, {206, 10}, {200, len(first.body)}, {200, len(first.body)},
	}
	for i, got := range conversation(t, address, requests...) {
		if got.status != want[i].status || want[i].length >= 0 && len(got.body) != want[i].length {
			t.Errorf("%q is answered by %d with %d bytes, want %+v", requests[i], got.status, len(got.body), want[i])
		}
		if want[i].length == len(first.body) && got.body != first.body {
			t.Errorf("%q is answered by another page", requests[i])
		}
	}
}

// Pages are in fact answered so: package net/http, which writes headers in the order
// of their names and the date last, has no part in those of a page.
func TestPagesArePrepared(t *testing.T) {
	_, address := served(t)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /fr/lessons/leaks HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	if _, after, ok := strings.Cut(head, "\r\nDate: "); !ok || !strings.Contains(after, "\r\nCache-Control: ") {
		t.Errorf("the page's headers do not follow the date:\n%s", head)
	}
}

// What net/http asks of a connection, so that who sent too much reads the answer
// before it is reset, is passed on.
func TestPreparedConnectionsEndOneSideFirst(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	client, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	conn, err := web.PreparedListener(ln).Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok {
		t.Fatal("the connection has no CloseWrite")
	}
	if err := half.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(client, "more"); err != nil {
		t.Error(err)
	}
	client.(*net.TCPConn).CloseWrite()
	if got, err := io.ReadAll(client); err != nil || len(got) > 0 {
		t.Errorf("the client reads %q, %v; want the end", got, err)
	}
	if got, err := io.ReadAll(conn); err != nil || string(got) != "more" {
		t.Errorf("the server reads %q, %v; want what came after", got, err)
	}
}
