package proof

import (
	"context"
	"slices"

	"manche/grader"
)

// runner runs programs; a grader.Grader is one.
type runner interface {
	Run(context.Context, grader.Program) (*grader.Ran, error)
}

// sampleFile is the name of a sample's one file.
const sampleFile = "main.go"

// Samples tries programs of one file, as the lessons show them. Runner and Effort are
// needed. It is safe for concurrent use.
type Samples struct {
	Runner runner
	Effort Effort
	Memory *Memory // where results are looked up and kept; may be nil
	Again  bool    // tries what is remembered, too
}

// Sample is what one trial of a program showed.
type Sample struct {
	Refused bool          `json:"refused,omitempty"` // it was not built
	Found   []SampleError `json:"found,omitempty"`   // most instructive first
	Outputs []string      `json:"outputs,omitempty"` // what each of its runs printed, without repetitions
	Said    string        `json:"said"`              // outcome and findings, in the tools' own terms
}

// SampleError is an error that was found in a program. Where not all could be looked
// at, and nothing was found, one of the kind "unproven" says so.
type SampleError struct {
	Kind string `json:"kind"`
	Line int    `json:"line,omitempty"`
}

// Try tries a program as often as the effort says, at different values of GOMAXPROCS,
// and reports whether it only remembered what came of it. An error is the runner's.
func (s Samples) Try(ctx context.Context, program string) (list []Sample, recalled bool, err error) {
	key := s.Memory.key("sample", s.Effort.Samples, program)
	if !s.Again && s.Memory.recall(key, &list) {
		return list, true, ctx.Err()
	}
	list = nil
	for n := range max(1, s.Effort.Samples) {
		ran, err := s.Runner.Run(ctx, grader.Program{
			Files:      map[string][]byte{sampleFile: []byte(program)},
			Processors: processors[n%len(processors)],
		})
		if err != nil {
			return nil, false, err
		}
		list = append(list, sampleOf(ran))
	}
	return list, false, s.Memory.keep(key, list)
}

// sampleOf keeps of a trial what can be remembered.
func sampleOf(ran *grader.Ran) Sample {
	v := ran.Verdict
	s := Sample{Refused: v.Outcome == grader.Refused, Said: describe(v)}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError {
			s.Found = append(s.Found, SampleError{string(f.Kind), f.Line})
		}
	}
	if v.Outcome == grader.Unproven {
		s.Found = append(s.Found, SampleError{Kind: string(grader.Unproven)})
	}
	for _, output := range ran.Outputs {
		if !slices.Contains(s.Outputs, output) {
			s.Outputs = append(s.Outputs, output)
		}
	}
	return s
}
