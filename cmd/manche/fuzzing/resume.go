package fuzzing

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Load reads a report that [Report.Save] has written; of a file that is not there,
// an empty one.
func Load(name string) (*Report, error) {
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return new(Report), nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was fuzzed: %w", err)
	}
	r := new(Report)
	if err := json.Unmarshal(raw, r); err != nil {
		return nil, fmt.Errorf("reading what was fuzzed, %s: %w", name, err)
	}
	return r, nil
}

// Save writes the report into a file.
func (r *Report) Save(name string) error {
	raw, err := json.MarshalIndent(r, "", "\t")
	if err == nil {
		err = os.WriteFile(name, append(raw, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("keeping what was fuzzed: %w", err)
	}
	return nil
}

// Rest returns the targets that were not held in the report for as long.
func (r *Report) Rest(targets []Target, length time.Duration) []Target {
	var rest []Target
	for _, t := range targets {
		if _, held := r.held(t, length); !held {
			rest = append(rest, t)
		}
	}
	return rest
}

// With returns the outcomes of targets: the new one where there is one, else that of
// the report.
func (r *Report) With(targets []Target, length time.Duration, outcomes []Outcome) []Outcome {
	fresh := make(map[Target]Outcome)
	for _, o := range outcomes {
		fresh[o.Target] = o
	}
	var all []Outcome
	for _, t := range targets {
		o, ok := fresh[t]
		if !ok {
			o, _ = r.held(t, length)
		}
		all = append(all, o)
	}
	return all
}

// held finds the outcome of a target that was held for as long.
func (r *Report) held(t Target, length time.Duration) (Outcome, bool) {
	for _, o := range r.Targets {
		if o.Target == t && o.Held && o.Seconds >= int(length.Seconds()) {
			return o, true
		}
	}
	return Outcome{Target: t}, false
}
