package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Conditions are what trials must have in common to be counted together.
type Conditions struct {
	Grader    string `json:"grader"` // revision
	Corpus    string `json:"corpus"` // revision
	Toolchain string `json:"toolchain"`
	Busy      bool   `json:"busy"` // a load was put on the machine
}

// String names the conditions on one line.
func (c Conditions) String() string {
	return fmt.Sprintf("grader %s, corpus %s, %s, busy %t", c.Grader, c.Corpus, c.Toolchain, c.Busy)
}

// StaleError says that a journal was written under other conditions.
type StaleError struct{ Had, Now Conditions }

func (e *StaleError) Error() string {
	return fmt.Sprintf("the trials were made with %s; now it is %s", e.Had, e.Now)
}

// Journal keeps trials in a file, one JSON object a line after one with their
// conditions, so that a long series survives its process. It is not safe for
// concurrent use, by other processes neither, and must be closed.
type Journal struct{ file *os.File }

// OpenJournal opens a journal, or begins one, and returns the trials that it
// holds. A line that a killed process left half written is cut off. The error is
// a [StaleError] where the conditions are others.
func OpenJournal(name string, now Conditions) (*Journal, []Trial, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the journal: %w", err)
	}
	j := &Journal{file}
	trials, err := j.load(now)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("reading the journal %s: %w", name, err), file.Close())
	}
	return j, trials, nil
}

// load reads all whole lines and leaves the file where the next one belongs.
// Nothing is cut off a file that does not begin as a journal.
func (j *Journal) load(now Conditions) ([]Trial, error) {
	raw, err := io.ReadAll(j.file)
	if err != nil {
		return nil, err
	}
	if len(raw) == 0 {
		return nil, j.write(now)
	}
	whole := raw[:bytes.LastIndexByte(raw, '\n')+1]
	trials, err := read(whole, now)
	if err != nil {
		return nil, err
	}
	if err := j.file.Truncate(int64(len(whole))); err != nil {
		return nil, err
	}
	_, err = j.file.Seek(int64(len(whole)), io.SeekStart)
	return trials, err
}

// read reads the conditions, which must be those of now, and the trials.
func read(raw []byte, now Conditions) ([]Trial, error) {
	lines := json.NewDecoder(bytes.NewReader(raw))
	lines.DisallowUnknownFields()
	var had Conditions
	if err := lines.Decode(&had); err != nil {
		return nil, err
	}
	if had != now {
		return nil, &StaleError{Had: had, Now: now}
	}
	var trials []Trial
	for {
		var t Trial
		if err := lines.Decode(&t); errors.Is(err, io.EOF) {
			return trials, nil
		} else if err != nil {
			return nil, err
		}
		trials = append(trials, t)
	}
}

// Add appends a trial, which the system has when it returns.
func (j *Journal) Add(t Trial) error { return j.write(t) }

func (j *Journal) write(line any) error {
	raw, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("writing to the journal: %w", err)
	}
	if _, err := j.file.Write(append(raw, '\n')); err != nil {
		return fmt.Errorf("writing to the journal: %w", err)
	}
	return nil
}

// Close gives the file back.
func (j *Journal) Close() error { return j.file.Close() }
