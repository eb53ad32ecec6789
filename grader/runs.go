package grader

import (
	"context"
	"fmt"
	"slices"
	"time"

	"manche/grader/harness"
	"manche/grader/sandbox"
)

// runs runs the program until every check has had its say. A check that takes
// the process down, or never ends, is left out of the next one.
func (j *judgement) runs(ctx context.Context, program *harness.Program, binary string) (*evidence, error) {
	defer j.since("run", time.Now())
	run, err := j.runner(ctx)
	if err != nil {
		return nil, err
	}
	seen := &evidence{strict: j.inPlace}
	for start := time.Now(); len(seen.skip) < len(program.Checks) && time.Since(start) < j.terms.total; {
		orders := j.terms.orders
		orders.Key, orders.Skip = newKey(), seen.skip
		if !j.inPlace && seen.exhausted() {
			seen.later = true
			orders.CheckMS = min(orders.CheckMS, int(laterTime.Milliseconds()))
			orders.WorkMS = int(laterWork.Milliseconds())
		}
		run, result, err := run(ctx, program, binary, orders)
		if err != nil {
			return nil, err
		}
		if !seen.add(run, result) || j.brief && slices.ContainsFunc(seen.attempts, attempt.bad) {
			break
		}
	}
	return seen, nil
}

// runner is how the program is run: alone, or beside one with the checks.
func (j *judgement) runner(ctx context.Context) (runner, error) {
	if !j.ex.Apart {
		return j.run, nil
	}
	c, err := j.g.checkersOf(ctx, j.ex)
	if err != nil {
		return nil, fmt.Errorf("building the checks: %w", err)
	}
	return func(ctx context.Context, program *harness.Program, binary string, orders harness.Orders) (harness.Run, sandbox.Result, error) {
		return j.runApart(ctx, c, program, binary, orders)
	}, nil
}

type runner func(context.Context, *harness.Program, string, harness.Orders) (harness.Run, sandbox.Result, error)

// run is one process.
func (j *judgement) run(ctx context.Context, program *harness.Program, binary string, orders harness.Orders) (harness.Run, sandbox.Result, error) {
	heard := j.listen(program, orders)
	ready := j.terms.program
	ready.Path, ready.Stdin, ready.Report, ready.Output = binary, orders.Encode(), heard.stream(&heard.report), heard.stream(&heard.output)
	result, err := j.g.config.Sandbox.Run(ctx, ready)
	if err != nil {
		return harness.Run{}, result, fmt.Errorf("running the checks: %w", err)
	}
	heard.end()
	run := program.Read(orders, heard.report.Bytes(), result.Output)
	result.Output = []byte(program.Plain(string(result.Output)))
	return run, result, nil
}
