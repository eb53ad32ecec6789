// Package machine finds out what this machine can check and isolate, by trying.
// Settings are read only to say why something does not work.
package machine

import (
	"context"
	"io/fs"
	"os"
	"slices"

	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// State is how a thing stands.
type State string

const (
	Good State = "good"
	Note State = "note" // works; it could be faster, or tighter
	Gap  State = "gap"  // something cannot be checked or isolated
)

// Finding is what was found about one thing. Key names its sentence, below
// cli.doctor, and Params fill that; the remedy is part of the sentence.
type Finding struct {
	About  string         `json:"about"` // go, race, sandbox, cache, linker or clock
	State  State          `json:"state"`
	Key    string         `json:"key"`
	Params map[string]any `json:"params,omitempty"`
	// Text is the sentence by language; whoever speaks fills it in.
	Text map[string]string `json:"text"`
}

// Report is all that was found.
type Report struct {
	OK       bool         `json:"ok"`   // there is no gap
	Tier     sandbox.Tier `json:"tier"` // of the sandbox; "E" where there is none
	Lacks    []string     `json:"lacks"`
	Findings []Finding    `json:"findings"`
}

// Look finds out everything, about the sandbox that was chosen as well: some tenths
// of a second. It fails only when ctx ends.
func Look(ctx context.Context, walls sandbox.Config) (*Report, error) {
	r := &Report{Lacks: []string{}, Tier: sandbox.TierNone}
	toolchain, err := build.Find(ctx)
	r.Findings = append(r.Findings, toolchainFinding(toolchain, err))
	if err == nil {
		r.Findings = append(r.Findings, raceFinding(ctx, toolchain))
	}
	r.isolation(ctx, walls)
	state, known := build.State{}, false
	if err == nil {
		state, err = grader.Prepared(grader.Config{Toolchain: toolchain})
		known = err == nil
	}
	r.Findings = append(r.Findings, cacheFinding(state.Archives))
	if known {
		r.Findings = append(r.Findings, linkerFinding(state))
	}
	r.Findings = append(r.Findings, clockFinding())
	r.OK = !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.State == Gap })
	return r, ctx.Err()
}

// isolation opens a sandbox, whose probe tries the walls, and closes it.
func (r *Report) isolation(ctx context.Context, walls sandbox.Config) {
	box, err := sandbox.Open(ctx, walls)
	if err != nil {
		r.Findings = append(r.Findings, noSandbox(err, root, os.Geteuid())...)
		return
	}
	r.Tier, r.Lacks = box.Tier(), append(r.Lacks, box.Lacks()...)
	r.Findings = append(r.Findings, Finding{About: "sandbox", State: Good, Key: "sandbox", Params: map[string]any{"tier": string(r.Tier)}})
	for _, lack := range r.Lacks {
		r.Findings = append(r.Findings, Finding{About: "sandbox", State: Note, Key: "lacks", Params: map[string]any{"lack": lack}})
	}
	r.Findings = append(r.Findings, weaker(r.Tier, box.Failures(), settings{root}, os.Geteuid())...)
	if err := box.Close(); err != nil {
		r.Findings = append(r.Findings, Finding{About: "sandbox", State: Note, Key: "unclosed", Params: map[string]any{"reason": err.Error()}})
	}
}

// root is this machine's file tree.
var root fs.FS = os.DirFS("/")
