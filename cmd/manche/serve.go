package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/queue"
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
	behind    proxies
	chosen    sandboxFlags
}

// exampleURL is an address as --base-url takes it.
const exampleURL = "https://manche.example"

// check says what of the flags cannot be, before anything is begun.
func (f *serveFlags) check(p *program) error {
	for _, n := range []struct {
		flag  string
		value int
	}{{"--workers", f.workers}, {"--per-minute", f.perMinute}} {
		if n.value < 1 {
			return p.usage("cli.flag_least", "flag", n.flag, "value", n.value)
		}
	}
	base := strings.TrimSuffix(f.baseURL, "/")
	u, err := url.Parse(base)
	if err != nil || base != "" && (u.Scheme != "http" && u.Scheme != "https" || base != u.Scheme+"://"+u.Host || u.Hostname() == "") {
		return p.usage("cli.base_url", "url", f.baseURL, "example", exampleURL)
	}
	f.baseURL = base
	return nil
}

// serve is the verb that opens the course to browsers.
func (p *program) serve() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Short: p.say("cli.serve"), Long: p.say("cli.serve.long"), Args: cobra.NoArgs,
		Annotations: map[string]string{manyCourses: ""},
		RunE:        func(cmd *cobra.Command, _ []string) error { return p.runServer(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", serveAddr, p.say("cli.flag.addr"))
	cmd.Flags().StringVar(&f.data, "data", "", p.say("cli.flag.data"))
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", p.say("cli.flag.base_url"))
	cmd.Flags().IntVar(&f.workers, "workers", runtime.NumCPU(), p.say("cli.flag.workers"))
	cmd.Flags().IntVar(&f.perMinute, "per-minute", web.DefaultPerMinute, p.say("cli.flag.per_minute"))
	cmd.Flags().Var(&f.behind, "proxy", p.say("cli.flag.proxy"))
	f.chosen.addTo(cmd, p)
	return cmd
}

// runServer serves until ctx ends. It listens at once; what it needs to judge is
// prepared meanwhile, and submissions are kept until then.
func (p *program) runServer(ctx context.Context, f serveFlags) (err error) {
	if err := f.check(p); err != nil {
		return err
	}
	walls, err := f.chosen.config(p, false)
	if err != nil {
		return err
	}
	all, err := p.courses()
	if err != nil {
		return err
	}
	ln, err := p.listen(ctx, f.addr) // before anything is touched: another server may be there
	if err != nil {
		return err
	}
	defer ln.Close() // for where nothing comes to serve on it
	toolchain, err := build.Find(ctx)
	if err != nil {
		return err
	}
	box, err := sandbox.Open(ctx, walls)
	if err != nil {
		return err
	}
	defer box.Close()
	defer func() { err = errors.Join(err, all.close()) }()
	if err := p.openData(ctx, all, f.data); err != nil {
		return err
	}
	s := &serving{
		program: p, site: all, ledger: all.ledger(), ready: new(readiness), workers: f.workers,
		attach: func(q *queue.Queue, g *grader.Grader) { all.attach(q, g, f.workers) },
		grader: grader.Config{Catalog: all, Toolchain: toolchain, Sandbox: box},
		log:    slog.New(slog.NewTextHandler(p.err, nil)), ahead: newAnticipation(),
	}
	if err := s.build(all, f); err != nil {
		return err
	}
	p.sayWhere(all, "http://"+ln.Addr().String())
	return s.run(ctx, ln)
}

// openData opens the databases of the courses in a folder, or in the usual one.
func (p *program) openData(ctx context.Context, all courses, named string) error {
	folder, err := dataFolder(named)
	if err != nil {
		return err
	}
	err = all.open(ctx, folder, func(s *served, file string) {
		fmt.Fprintln(p.err, p.say("cli.data_new", "file", file, "folder", s.folder))
	})
	if errors.Is(err, store.ErrInUse) {
		return p.usage("cli.data_in_use", "folder", folder)
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return p.usage("cli.data_refused", "folder", folder, "reason", err.Error())
	}
	return err
}

// build makes the sites of the courses.
func (s *serving) build(all courses, f serveFlags) (err error) {
	for _, c := range all {
		c.site, err = web.New(web.Config{
			Course: c.course, Catalog: c.catalog, Messages: s.messages, Store: c.data, Ready: s.ready,
			Revision: revisionOf(c.catalog, s.grader.Toolchain), Schema: grader.Schema, BaseURL: f.baseURL, Proxies: f.behind, Root: c.root(),
			Anticipate: func(exercise string, files map[string]string) { s.ahead.want(queue.Below(c.name, exercise), files) },
			Limits:     web.Limits{PerMinute: f.perMinute}, Log: s.log,
		})
		if err != nil {
			return fmt.Errorf("preparing the site: %w", err)
		}
	}
	web.Beside(all.sites()...)
	return nil
}

// sayWhere prints the addresses of the courses.
func (p *program) sayWhere(all courses, base string) {
	for i, c := range all {
		if i == 0 {
			fmt.Fprintln(p.out, p.say("cli.listening", "url", base+"/"))
			continue
		}
		fmt.Fprintln(p.out, p.say("cli.listening_too", "folder", c.folder, "url", base+c.root()+"/"))
	}
}

// databaseFile is the database of the course that is built in.
const databaseFile = "manche.db"

// dataFolder is the folder of the databases: the one that was named, or one below
// the user's configuration.
func dataFolder(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("finding a folder for the data: %w", err)
	}
	return filepath.Join(base, "manche"), nil
}

// openStore opens a database, and takes back what a server that was killed had
// begun.
func openStore(ctx context.Context, file string) (*store.Store, error) {
	data, err := store.Open(ctx, file)
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
