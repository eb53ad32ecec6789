package measure

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// errNoPeer says that there is no other server here to compare with.
var errNoPeer = errors.New("no nginx on the path")

// nginx is a server of files, as the system's package has it.
type nginx struct {
	version string
	address string
	cmd     *exec.Cmd
	ended   chan error
}

// startNginx has nginx serve one page under path from a folder: compressed as it is,
// and with what its head says. It must be stopped.
func startNginx(ctx context.Context, dir, path string, page []byte, head http.Header) (*nginx, error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		return nil, errNoPeer
	}
	version, err := exec.CommandContext(ctx, program, "-v").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("asking nginx for its version: %w", err)
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "root", filepath.FromSlash(path))
	config := filepath.Join(dir, "nginx.conf")
	if err := errors.Join(
		os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, page, 0o644), os.WriteFile(config, []byte(nginxConfig(dir, address, head)), 0o644),
	); err != nil {
		return nil, fmt.Errorf("preparing nginx: %w", err)
	}
	_, name, _ := strings.Cut(strings.TrimSpace(string(version)), ": ")
	n := &nginx{version: name, address: address, ended: make(chan error, 1)}
	n.cmd = command(ctx, program, "-p", dir, "-c", config, "-e", filepath.Join(dir, "error.log"))
	if err := n.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting nginx: %w", err)
	}
	go func() { n.ended <- n.cmd.Wait() }()
	return n, n.answers(ctx, path)
}

// nginxConfig is what nginx does best: files, no log, connections that stay.
func nginxConfig(dir, address string, head http.Header) string {
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n" // the folder is root's
	}
	return user + `daemon off;
worker_processes auto;
pid ` + filepath.Join(dir, "nginx.pid") + `;
events { worker_connections 1024; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	open_file_cache max=10;
	keepalive_requests 100000000;
` + headLines(head) + `
	server {
		listen ` + address + `;
		root ` + filepath.Join(dir, "root") + `;
	}
}
`
}

// headLines have nginx send what a head says besides what nginx says by itself.
func headLines(head http.Header) string {
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	lines := []string{"\tdefault_type \"" + quote.Replace(head.Get("Content-Type")) + "\";"}
	for _, name := range slices.Sorted(maps.Keys(head)) {
		switch name {
		case "Content-Type", "Content-Length", "Date", "Etag":
			continue
		}
		for _, value := range head[name] {
			lines = append(lines, "\tadd_header "+name+" \""+quote.Replace(value)+"\";")
		}
	}
	return strings.Join(lines, "\n")
}

// freeAddress is one on the loopback that nobody listens on.
func freeAddress() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("looking for an address: %w", err)
	}
	defer ln.Close()
	return ln.Addr().String(), nil
}

// answers waits until the page is served.
func (n *nginx) answers(ctx context.Context, path string) error {
	s := &server{ended: make(chan struct{})}
	return s.poll(ctx, func() (bool, error) {
		select {
		case err := <-n.ended:
			n.ended <- err
			return false, fmt.Errorf("nginx has ended: %w", err)
		default:
		}
		conn, err := net.Dial("tcp", n.address)
		if err != nil {
			return false, nil
		}
		conn.Close()
		return true, ask(ctx, http.DefaultClient, "http://"+n.address+path)
	})
}

// stop ends nginx and waits for that.
func (n *nginx) stop() {
	n.cmd.Process.Signal(os.Interrupt) // at once; one that has ended is no error
	<-n.ended
}
