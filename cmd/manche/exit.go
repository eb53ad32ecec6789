package main

import (
	"context"
	"errors"
	"fmt"

	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// The exit codes that scripts may rely on.
const (
	exitPassed = 0
	exitFailed = 1 // failed or refused; for author check: defects were found
	exitUsage  = 2
	exitBroken = 3 // could not judge, or unproven
)

// usageError is a call that the program does not understand. Its text is a
// sentence for the reader.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// outcomeError carries an exit code out of a verb that has already said all.
type outcomeError struct{ code int }

func (e *outcomeError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// usage makes a usageError from a sentence.
func (p *program) usage(key string, pairs ...any) error { return &usageError{p.say(key, pairs...)} }

// exit says what is left to say of an error, and maps it to the exit code. It
// is the one place that does.
func (p *program) exit(err error) int {
	var usage *usageError
	var outcome *outcomeError
	switch {
	case err == nil:
		return exitPassed
	case errors.As(err, &outcome):
		return outcome.code
	case errors.As(err, &usage):
		fmt.Fprintf(p.err, "manche: %s\n%s\n", usage.text, p.say("cli.see_help"))
		return exitUsage
	}
	fmt.Fprintf(p.err, "manche: %s\n", p.explain(err))
	return exitBroken
}

// explain puts an error of ours into words; one without a sentence of its own
// is printed as it is, for whoever reports it.
func (p *program) explain(err error) string {
	var old *build.OldGoError
	var walls *sandbox.UnavailableError
	switch {
	case errors.Is(err, build.ErrNoGo):
		return p.say("cli.no_go", "min", build.MinGo)
	case errors.As(err, &old):
		return p.say("cli.old_go", "version", old.Version, "min", build.MinGo)
	case errors.As(err, &walls):
		return p.say("cli.no_sandbox", "reason", walls.Error())
	case errors.Is(err, grader.ErrUnknownExercise):
		return p.say("cli.unknown_exercise")
	case errors.Is(err, context.Canceled):
		return p.say("cli.interrupted")
	}
	return p.say("cli.broken", "reason", printable(err.Error()))
}

// codeOf is the exit code for a verdict.
func codeOf(o grader.Outcome) int {
	switch o {
	case grader.Passed:
		return exitPassed
	case grader.Unproven:
		return exitBroken
	}
	return exitFailed
}
