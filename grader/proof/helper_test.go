package proof_test

import (
	"context"
	"fmt"
	"sync"

	"manche/exercises"
	"manche/grader"
	"manche/grader/proof"
	"manche/grader/proof/mutation"
)

// script is a judge that says what it was told to, one verdict after the other,
// by the name of the file that it is given.
type script map[string][]*grader.Verdict

type judge struct {
	mu     sync.Mutex
	script script
	asked  map[string]int
	brief  map[string]bool // where it was asked to be
	err    error
}

func newJudge(s script) *judge {
	return &judge{script: s, asked: make(map[string]int), brief: make(map[string]bool)}
}

func (j *judge) Judge(ctx context.Context, sub grader.Submission) (*grader.Verdict, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if j.err != nil {
		return nil, j.err
	}
	name := string(sub.Files["answer.go"])
	list := j.script[name]
	v := list[j.asked[name]%len(list)]
	j.asked[name]++
	j.brief[name] = sub.Brief
	return v, nil
}

// answer is a known answer whose only file holds its name.
func answer(name string, expect ...string) exercises.Variant {
	return exercises.Variant{Name: name, Files: exercises.Files{"answer.go": []byte(name)}, Expect: expect}
}

func verdict(outcome grader.Outcome, findings ...grader.Finding) *grader.Verdict {
	return &grader.Verdict{Outcome: outcome, Findings: findings}
}

func found(kind grader.Kind, line int) grader.Finding {
	return grader.Finding{
		Kind: kind, Severity: grader.SeverityError, Key: string(kind) + ".x", Place: grader.Place{File: "answer.go", Line: line},
	}
}

func warned(f grader.Finding) grader.Finding {
	f.Severity = grader.SeverityWarning
	return f
}

// ex is the exercise that all answers are to.
var ex = &exercises.Exercise{Slug: "ex"}

func wrong(expect, may []string, line int) proof.Case {
	a := answer("wrong", expect...)
	a.May, a.Line = may, line
	if line > 0 {
		a.File = "answer.go"
	}
	return proof.Case{Exercise: ex, Folder: "testdata/wrong/wrong", Answer: a}
}

// mutant is one that its author may have marked as equivalent.
func mutant(marked bool) proof.Case {
	m := &mutation.Mutant{Name: "drop-close", File: "answer.go", Line: 7, Was: "close(out)"}
	return proof.Case{Exercise: ex, Folder: "answer.go", Answer: answer("mutant"), Pass: marked, Mutant: m}
}

// effort asks for as many verdicts on each answer, since those of a script count
// as one run.
func effort(times int) proof.Effort {
	return proof.Effort{Runs: times, Verdicts: times, Mutants: times}
}

// hunted is a wrong answer to a hunt, with leaks left at these lines.
func hunted(lines ...int) proof.Case {
	c := wrong([]string{"leak"}, nil, 0)
	c.Answer.File, c.Answer.Lines = "answer.go", lines
	return c
}

func right() proof.Case {
	return proof.Case{Exercise: ex, Folder: "testdata/right/right", Answer: answer("right"), Pass: true}
}

// say prints a defect: key want | got n/times.
func say(d exercises.Defect) string {
	return fmt.Sprintf("%s %s | %s %s/%s", d.Key, d.Params["want"], d.Params["got"], d.Params["n"], d.Params["times"])
}
