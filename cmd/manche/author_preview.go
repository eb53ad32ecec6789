package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"manche/cmd/manche/watch"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
	"manche/web"
	"manche/web/preview"
)

// endTime is what requests, and judgements, get to finish when a preview ends:
// nobody waits for them but its author, who wants to be gone.
const endTime = 300 * time.Millisecond

// previewFlags are what an author can choose.
type previewFlags struct {
	addr   string
	chosen sandboxFlags
}

// authorPreview is the verb that shows a course while it is written.
func (p *program) authorPreview() *cobra.Command {
	var f previewFlags
	cmd := &cobra.Command{
		Use: "preview", Short: p.say("cli.author_preview"), Long: p.say("cli.author_preview.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runPreview(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", "localhost:8081", p.say("cli.flag.addr"))
	f.chosen.addTo(cmd, p)
	return cmd
}

// runPreview serves the course as it stands until ctx ends, and leaves nothing.
func (p *program) runPreview(ctx context.Context, f previewFlags) error {
	walls, err := f.chosen.config(p, false)
	if err != nil {
		return err
	}
	course, err := p.ownCourse()
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "manche-preview-")
	if err != nil {
		return fmt.Errorf("making a folder for what is tried: %w", err)
	}
	defer os.RemoveAll(scratch)
	data, err := openStore(ctx, filepath.Join(scratch, databaseFile))
	if err != nil {
		return err
	}
	defer data.Close()
	files, err := watch.Open(course, courseEntries...)
	if err != nil {
		return err
	}
	defer files.Close()
	v := &previewing{serving: &serving{
		program: p, ledger: data, ready: new(readiness), workers: runtime.NumCPU(), grace: endTime,
		ahead: newAnticipation(), log: slog.New(slog.NewTextHandler(p.err, nil)),
	}, folder: course, data: data, files: files}
	if err := v.begin(ctx, scratch); err != nil {
		return err
	}
	ln, err := p.listen(ctx, f.addr)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, p.say("cli.previewing", "folder", course, "url", "http://"+ln.Addr().String()+"/"))
	return v.run(ctx, ln, walls)
}

// run serves, follows the files, and judges where this machine can, until ctx ends
// or one of the first two cannot go on.
func (v *previewing) run(ctx context.Context, ln net.Listener, walls sandbox.Config) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		err := web.Serve(ctx, ln, v.pages, endTime, v.log)
		if errors.Is(err, context.DeadlineExceeded) {
			return nil // its author has seen enough
		}
		return err
	})
	group.Go(func() error { return v.follow(ctx) })
	group.Go(func() error {
		if err := v.judgeBehind(ctx, walls); err != nil && ctx.Err() == nil {
			fmt.Fprintln(v.err, v.say("cli.preview_unjudged", "reason", v.explain(err)))
		}
		return nil
	})
	return group.Wait()
}

// judgeBehind judges behind these walls until ctx ends. The error tells why this
// machine cannot.
func (v *previewing) judgeBehind(ctx context.Context, walls sandbox.Config) error {
	if v.noToolchain != nil {
		return v.noToolchain
	}
	box, err := sandbox.Open(ctx, walls)
	if err != nil {
		return err
	}
	defer box.Close()
	v.grader = grader.Config{Catalog: v, Toolchain: v.toolchain, Sandbox: box}
	return v.judge(ctx)
}

// follow loads the course anew whenever its files have changed, until ctx ends.
func (v *previewing) follow(ctx context.Context) error {
	for {
		if err := v.files.Next(ctx); ctx.Err() != nil {
			return nil
		} else if err != nil {
			return err
		}
		if e, err := v.edition(); err != nil {
			v.pages.Fail(err.Error())
		} else {
			v.pages.Show(e)
		}
	}
}

// begin shows the course for the first time; if it cannot be loaded, one that has
// nothing, with the reason.
func (v *previewing) begin(ctx context.Context, empty string) error {
	v.attach = v.attachJudges
	v.toolchain, v.noToolchain = build.Find(ctx)
	e, problem := v.edition()
	if problem != nil {
		nothing := os.DirFS(empty)
		var err error
		if e, err = v.editionOf(courseFiles{nothing, withMessages{nothing}}); err != nil {
			return err
		}
	}
	v.pages = preview.New(v.voice(), e)
	if problem != nil {
		v.pages.Fail(problem.Error())
	}
	return nil
}
