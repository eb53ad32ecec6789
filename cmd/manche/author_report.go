package main

import (
	"encoding/json"
	"fmt"

	"manche/exercises"
)

// checkReport is what author check says as JSON. It has no fields but these.
type checkReport struct {
	Defects  []reportedDefect `json:"defects"` // in the order in which they are printed
	Answers  int              `json:"answers"`
	Recalled int              `json:"recalled"` // of them, those that were proven before
	Verdicts int              `json:"verdicts"`
	Runs     int              `json:"runs"`
	Programs struct {         // of the lessons
		Run      int `json:"run"`
		Recalled int `json:"recalled"`
	} `json:"programs"`
	Mutants struct {
		Made   int `json:"made"`
		Caught int `json:"caught"`
		Marked int `json:"marked"`
	} `json:"mutants"`
}

// reportedDefect is one defect: which kind, where, and what it is with its remedy.
type reportedDefect struct {
	Kind string            `json:"kind"`
	File string            `json:"file"` // slash-separated, from the root of the course
	Line int               `json:"line"` // 0 for a folder, or a file that is missing
	Text map[string]string `json:"text"` // by language
}

// concludeCheck says what was found.
func (p *program) concludeCheck(r *checked, asJSON bool) error {
	conclude := p.printCheck
	if asJSON {
		conclude = p.encodeCheck
	}
	if err := conclude(r); err != nil {
		return err
	}
	if len(r.Defects) > 0 {
		return &outcomeError{exitFailed}
	}
	return nil
}

// printCheck prints the defects, or that there is none, and what was done.
func (p *program) printCheck(r *checked) error {
	for _, d := range r.Defects {
		fmt.Fprintln(p.out, p.defect(d))
	}
	fmt.Fprintln(p.out, p.say("cli.author_done", "answers", r.Cases, "verdicts", r.Verdicts, "runs", r.Runs, "recalled", r.Recalled,
		"made", r.Mutants.Made, "caught", r.Mutants.Caught, "marked", r.Mutants.Marked))
	if r.Programs > 0 {
		fmt.Fprintln(p.out, p.say("cli.author_programs", "n", r.Programs, "recalled", r.ProgramsRecalled))
	}
	if len(r.Defects) == 0 {
		fmt.Fprintln(p.out, p.say("cli.author_clean"))
		return nil
	}
	fmt.Fprintln(p.out, p.say("cli.defects", "n", len(r.Defects)))
	return nil
}

// encodeCheck writes one JSON object.
func (p *program) encodeCheck(r *checked) error {
	report := checkReport{
		Defects: []reportedDefect{}, Answers: r.Cases, Recalled: r.Recalled, Verdicts: r.Verdicts, Runs: r.Runs,
	}
	report.Mutants.Made, report.Mutants.Caught, report.Mutants.Marked = r.Mutants.Made, r.Mutants.Caught, r.Mutants.Marked
	report.Programs.Run, report.Programs.Recalled = r.Programs, r.ProgramsRecalled
	for _, d := range r.Defects {
		one, err := p.reported(d)
		if err != nil {
			return err
		}
		report.Defects = append(report.Defects, one)
	}
	enc := json.NewEncoder(p.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(report); err != nil {
		return fmt.Errorf("writing the defects: %w", err)
	}
	return nil
}

// reported puts a defect into all languages.
func (p *program) reported(d exercises.Defect) (reportedDefect, error) {
	text, err := p.messages.Both("defect."+d.Key, d.Params, nil)
	if err != nil {
		return reportedDefect{}, fmt.Errorf("putting a defect into words: %w", err)
	}
	return reportedDefect{Kind: d.Key, File: d.File, Line: d.Line, Text: text}, nil
}
