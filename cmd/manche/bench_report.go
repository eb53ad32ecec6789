package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"manche/cmd/manche/figures"
	"manche/content"
)

// report is what a verb has measured, for people and, encoded, for programs.
type report interface{ Markdown(content.Voice) string }

// checkReadme fails where the report could not be written in the end. No name is
// no README.
func (p *program) checkReadme(s figures.Section, name string) error {
	if name == "" {
		return nil
	}
	err := s.Check(name)
	if errors.Is(err, figures.ErrNoMarkers) {
		return p.usage("cli.bench.no_markers", "file", name, "begin", s.Begin(), "end", s.End())
	}
	return err
}

// deliverReport puts a report into the README that was named, in English, and prints
// it.
func (p *program) deliverReport(s figures.Section, readme string, asJSON bool, r report) error {
	if readme != "" {
		if err := s.Write(readme, r.Markdown(p.messages.In(content.EN))); err != nil {
			return err
		}
	}
	if !asJSON {
		fmt.Fprintln(p.out, strings.TrimSpace(r.Markdown(p.voice())))
		return nil
	}
	if err := json.NewEncoder(p.out).Encode(r); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
