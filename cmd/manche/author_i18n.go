package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"manche/content"
	"manche/lessons/i18n"
)

// authorI18n is the verb that tells where the two languages part.
func (p *program) authorI18n() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "i18n", Short: p.say("cli.author_i18n"), Long: p.say("cli.author_i18n.long"), Args: p.noSuchVerb,
		RunE: func(*cobra.Command, []string) error {
			c, err := p.openCounterparts()
			if err != nil {
				return err
			}
			var pairs []i18n.Pair
			for _, page := range c.pages {
				pairs = append(pairs, c.record.Compare(page)...)
			}
			if asJSON {
				return p.showPairsJSON(pairs)
			}
			return p.showPairs(pairs)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, p.say("cli.flag.i18n_json"))
	cmd.AddCommand(p.authorI18nAccept())
	return cmd
}

// authorI18nAccept is the verb that takes pages for right as they stand.
func (p *program) authorI18nAccept() *cobra.Command {
	return &cobra.Command{
		Use: "accept " + p.say("cli.author_i18n_accept.args"), Short: p.say("cli.author_i18n_accept"), Long: p.say("cli.author_i18n_accept.long"),
		RunE: func(_ *cobra.Command, files []string) error {
			c, err := p.openCounterparts()
			if err != nil {
				return err
			}
			pages, err := p.chosenPages(c, files)
			if err != nil {
				return err
			}
			accepted, left := 0, 0
			for _, page := range pages {
				c.record.Accept(page)
				for _, pair := range c.record.Compare(page) {
					if pair.State == i18n.Accepted {
						accepted++
					} else {
						left++
					}
				}
			}
			c.record.Forget(c.pages)
			if err := replaceFile(c.file(), c.record.Bytes()); err != nil {
				return err
			}
			fmt.Fprintln(p.out, p.say("cli.author_i18n_accepted", "n", accepted, "file", c.file()))
			if left > 0 {
				fmt.Fprintln(p.out, p.say("cli.author_i18n_left", "n", left))
			}
			return nil
		},
	}
}

// counterparts are the pages of a course, and what was accepted of them.
type counterparts struct {
	course string // folder
	pages  []i18n.Page
	record i18n.Record
}

// file is where a course keeps what was accepted.
func (c counterparts) file() string { return filepath.Join(textFolder(c.course), i18n.FileName) }

// folder is where a page lies.
func (c counterparts) folder(page i18n.Page) string {
	folder := filepath.Join(c.course, page.Name)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return filepath.Join(textFolder(c.course), page.Name)
	}
	return folder
}

// openCounterparts reads them. A course without the file is one in which nothing
// was accepted yet.
func (p *program) openCounterparts() (counterparts, error) {
	course, err := p.ownCourse()
	if err != nil {
		return counterparts{}, err
	}
	c := counterparts{course: course, record: make(i18n.Record)}
	c.pages, err = i18n.Load(os.DirFS(textFolder(course)), os.DirFS(filepath.Join(course, "exercises")))
	if err != nil {
		return counterparts{}, err
	}
	raw, err := os.ReadFile(c.file())
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return counterparts{}, fmt.Errorf("reading what was accepted: %w", err)
	}
	c.record, err = i18n.Parse(raw)
	return c, err
}

// chosenPages are the pages in these files and folders; none stands for all. They
// may be named from here or from the course, as in what we print.
func (p *program) chosenPages(c counterparts, names []string) ([]i18n.Page, error) {
	if len(names) == 0 {
		return c.pages, nil
	}
	var chosen []i18n.Page
	for _, name := range names {
		found := slices.DeleteFunc(slices.Clone(c.pages), func(page i18n.Page) bool {
			return !slices.ContainsFunc([]string{name, filepath.Join(c.course, name), filepath.Join(textFolder(c.course), name)}, func(path string) bool {
				return holds(path, c.folder(page))
			})
		})
		if len(found) == 0 {
			return nil, p.usage("cli.author_i18n_no_page", "name", name)
		}
		chosen = append(chosen, found...)
	}
	return chosen, nil
}

// holds reports whether a path is that of a page's folder, of one around it, or of
// one of its languages.
func holds(path, folder string) bool {
	for _, lang := range content.Langs {
		if same(path, filepath.Join(folder, string(lang)+".md")) {
			return true
		}
	}
	for ; ; folder = filepath.Dir(folder) {
		if same(path, folder) {
			return true
		}
		if folder == filepath.Dir(folder) {
			return false
		}
	}
}

// same reports whether two paths are those of one file that is there.
func same(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// replaceFile writes a file as a whole or not at all.
func replaceFile(name string, data []byte) error {
	draft := name + ".new"
	err := os.WriteFile(draft, data, 0o644)
	if err == nil {
		err = os.Rename(draft, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", name, err), os.RemoveAll(draft))
	}
	return nil
}
