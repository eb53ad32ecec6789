package main

import (
	"context"
	"io"
	"strconv"

	"manche/cmd/manche/figures"
	"manche/grader/attack"
)

// attackSection is the place in the README of what was drawn.
const attackSection = figures.Section("attack")

// setting is under which circumstances a trial is made.
func (o trialOptions) setting(ctx context.Context, t attack.Trial) figures.Setting {
	command := "go run ./cmd/manche doctor --attack --random " + strconv.Itoa(int(o.random)) +
		" --at-a-time " + strconv.Itoa(int(o.atATime)) + " --seed " + strconv.FormatUint(o.seed, 10)
	return figures.Now(ctx, t.Toolchain.Version, command)
}

// drawing tells how far what is drawn is; of each tried once nothing is told, since
// each outcome is.
func (p *program) drawing(t attack.Trial) *figures.Progress {
	if t.Draw == nil {
		return figures.NewProgress(io.Discard, false, p.voice(), "cli.doctor.progress", 1)
	}
	return figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.doctor.progress", t.Draw.N)
}
