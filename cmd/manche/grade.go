package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"manche/exercises"
	"manche/grader"
)

// grade is the verb that judges one answer to one exercise.
func (p *program) grade() *cobra.Command {
	var asJSON, unsafe bool
	var seed uint64
	var w sandboxFlags
	cmd := &cobra.Command{
		Use:   "grade " + p.say("cli.grade.args"),
		Short: p.say("cli.grade"),
		Args:  p.atLeastOne("cli.grade_what"),
		RunE: func(cmd *cobra.Command, args []string) error {
			neverCollect()
			box, err := w.config(p, unsafe)
			if err != nil {
				return err
			}
			begun := p.beginJudging(cmd.Context(), box, 1)
			catalog, files, err := p.asked(args[0], args[1:])
			if err != nil {
				begun.drop()
				return err
			}
			j, err := begun.judging(catalog)
			if err != nil {
				return err
			}
			defer j.close()
			v, err := j.last(cmd.Context(), grader.Submission{Exercise: args[0], Files: files, Seed: seed})
			if err != nil {
				return err
			}
			return p.deliver(v, files, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, p.say("cli.flag.json"))
	w.addTo(cmd, p)
	cmd.Flags().BoolVar(&unsafe, "unsafe-no-sandbox", false, p.say("cli.flag.unsafe"))
	cmd.Flags().Uint64Var(&seed, "seed", 0, p.say("cli.flag.seed"))
	return cmd
}

// neverCollect leaves the memory of a process alone that ends in a moment, unless
// it comes to much after all.
func neverCollect() {
	const much = 256 << 20 // bytes; one verdict takes a tenth
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(much)
}

// asked loads the exercise that was named, alone, and the answer to it.
func (p *program) asked(name string, paths []string) (*exercises.Catalog, map[string][]byte, error) {
	catalog, err := p.catalog(name)
	if err != nil {
		return nil, nil, err
	}
	ex, ok := catalog.Lookup(name)
	if !ok {
		if catalog, err = p.catalog(); err != nil {
			return nil, nil, err
		}
		return nil, nil, p.usage("cli.no_such_exercise", "name", name, "names", strings.Join(slugs(catalog), ", "))
	}
	files, err := p.answer(ex, paths)
	return catalog, files, err
}

// deliver prints the verdict, and makes its outcome the exit code.
func (p *program) deliver(v *grader.Verdict, files map[string][]byte, asJSON bool) error {
	if err := v.Speak(p.messages); err != nil {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(v); err != nil {
			return fmt.Errorf("writing the verdict: %w", err)
		}
	} else {
		p.show(v, files)
	}
	if code := codeOf(v.Outcome); code != exitPassed {
		return &outcomeError{code}
	}
	return nil
}

// answer collects the files to judge: from a folder the editable ones, and one
// file stands for the only editable one whatever its name. Without arguments it
// is the current folder.
func (p *program) answer(ex *exercises.Exercise, paths []string) (map[string][]byte, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	files := make(map[string][]byte)
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, p.usage("cli.no_such_file", "name", path)
		}
		if info.IsDir() {
			err = p.readFolder(ex, path, files)
		} else {
			name := filepath.Base(path)
			if len(ex.Editable) == 1 && len(paths) == 1 {
				name = ex.Editable[0]
			}
			err = p.readFile(path, name, files)
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// readFolder takes the editable files of a folder; its tests, its go.mod and
// whatever else is there are left alone.
func (p *program) readFolder(ex *exercises.Exercise, dir string, files map[string][]byte) error {
	for _, name := range ex.Editable {
		if err := p.readFile(filepath.Join(dir, name), name, files); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) readFile(path, name string, files map[string][]byte) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return p.usage("cli.no_such_file", "name", path)
	}
	files[name] = src
	return nil
}

// atLeastOne is the rule for verbs that need an argument.
func (p *program) atLeastOne(key string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return p.usage(key)
		}
		return nil
	}
}

// slugs lists the names of all exercises, sorted.
func slugs(c *exercises.Catalog) []string {
	var names []string
	for _, ex := range c.All() {
		names = append(names, ex.Slug)
	}
	slices.Sort(names)
	return names
}
