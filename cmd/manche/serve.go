package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
	"manche/web"
	"manche/web/store"
)

// serveFlags are what an operator can choose.
type serveFlags struct {
	addr      string
	data      string
	baseURL   string
	workers   int
	perMinute int
	chosen    sandboxFlags
}

// serve is the verb that opens the course to browsers.
func (p *program) serve() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Short: p.say("cli.serve"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runServer(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", "localhost:8080", p.say("cli.flag.addr"))
	cmd.Flags().StringVar(&f.data, "data", "", p.say("cli.flag.data"))
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", p.say("cli.flag.base_url"))
	cmd.Flags().IntVar(&f.workers, "workers", runtime.NumCPU(), p.say("cli.flag.workers"))
	cmd.Flags().IntVar(&f.perMinute, "per-minute", 0, p.say("cli.flag.per_minute"))
	f.chosen.addTo(cmd, p)
	return cmd
}

// runServer serves until ctx ends. It listens at once; what it needs to judge is
// prepared meanwhile, and submissions are kept until then.
func (p *program) runServer(ctx context.Context, f serveFlags) error {
	walls, err := f.chosen.config(p, false)
	if err != nil {
		return err
	}
	catalog, course, err := p.course()
	if err != nil {
		return err
	}
	toolchain, err := build.Find(ctx)
	if err != nil {
		return err
	}
	box, err := sandbox.Open(ctx, walls)
	if err != nil {
		return err
	}
	defer box.Close()
	data, err := openStore(ctx, f.data)
	if err != nil {
		return err
	}
	defer data.Close()
	log := slog.New(slog.NewTextHandler(p.err, nil))
	ready, ahead := new(readiness), newAnticipation()
	site, err := web.New(web.Config{
		Course: course, Catalog: catalog, Messages: p.messages, Store: data, Ready: ready,
		Revision: revisionOf(catalog, toolchain), Anticipate: ahead.want, Schema: grader.Schema, BaseURL: f.baseURL,
		Limits: web.Limits{PerMinute: f.perMinute}, Log: log,
	})
	if err != nil {
		return fmt.Errorf("preparing the site: %w", err)
	}
	ln, err := p.listen(f.addr)
	if err != nil {
		return err
	}
	s := &serving{program: p, site: site, data: data, ready: ready, log: log, workers: f.workers, ahead: ahead,
		grader: grader.Config{Catalog: catalog, Toolchain: toolchain, Sandbox: box}}
	return s.run(ctx, ln)
}

// listen opens the server to connections, and says where.
func (p *program) listen(addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	fmt.Fprintln(p.out, p.say("cli.listening", "url", "http://"+ln.Addr().String()+"/"))
	return ln, nil
}

// openStore opens the database in a folder, by default below the user's
// configuration, and takes back what a server that was killed had begun.
func openStore(ctx context.Context, folder string) (*store.Store, error) {
	if folder == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("finding a folder for the data: %w", err)
		}
		folder = filepath.Join(base, "manche")
	}
	data, err := store.Open(ctx, filepath.Join(folder, "manche.db"))
	if err != nil {
		return nil, err
	}
	if err := data.Recover(ctx); err != nil {
		data.Close()
		return nil, err
	}
	return data, nil
}

// revisionOf names what a verdict depends on besides the files.
func revisionOf(catalog *exercises.Catalog, toolchain build.Toolchain) func(string) string {
	return func(slug string) string {
		ex, ok := catalog.Lookup(slug)
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s %s %s race=%t", ex.Revision, grader.Revision(), toolchain.Version, toolchain.Race)
	}
}
