package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"manche/content"
	"manche/lessons/i18n"
)

// stateKeys are the words for the states of a pair.
var stateKeys = map[i18n.State]string{
	i18n.New: "cli.author_i18n.new", i18n.Stale: "cli.author_i18n.stale",
	i18n.Missing: "cli.author_i18n.missing", i18n.Orphaned: "cli.author_i18n.orphaned",
}

// counts are how many pairs are in each state.
func counts(pairs []i18n.Pair) map[i18n.State]int {
	n := map[i18n.State]int{i18n.Accepted: 0, i18n.New: 0, i18n.Stale: 0, i18n.Missing: 0, i18n.Orphaned: 0}
	for _, pair := range pairs {
		n[pair.State]++
	}
	return n
}

// verdictOn is an error where a language has something that the other one may not
// have.
func verdictOn(n map[i18n.State]int) error {
	if n[i18n.Stale]+n[i18n.Missing]+n[i18n.Orphaned] > 0 {
		return &outcomeError{exitFailed}
	}
	return nil
}

// showPairs prints a table of what is not as it was accepted, and what to do.
func (p *program) showPairs(pairs []i18n.Pair) error {
	rows := p.pairRows(pairs)
	if len(rows) > 0 {
		head := []string{p.say("cli.author_i18n.state"), p.say("cli.author_i18n.fr"), p.say("cli.author_i18n.en"), p.say("cli.author_i18n.block")}
		p.table(append([][]string{head}, rows...))
	}
	n := counts(pairs)
	fmt.Fprintln(p.out, p.say("cli.author_i18n.total", "accepted", n[i18n.Accepted], "new", n[i18n.New],
		"stale", n[i18n.Stale], "missing", n[i18n.Missing], "orphaned", n[i18n.Orphaned]))
	err := verdictOn(n)
	if err != nil {
		fmt.Fprintln(p.out, p.say("cli.author_i18n.remedy"))
	}
	return err
}

// pairRows are the rows of the table. New pairs come by the page: nobody has yet
// looked at any of them.
func (p *program) pairRows(pairs []i18n.Pair) [][]string {
	var rows [][]string
	fresh := make(map[string]int) // new pairs of each page
	for _, pair := range pairs {
		if pair.State == i18n.New {
			fresh[pair.Page]++
		}
	}
	for _, pair := range pairs {
		switch {
		case pair.State == i18n.Accepted || pair.State == i18n.New && fresh[pair.Page] == 0:
		case pair.State == i18n.New:
			rows = append(rows, []string{p.say(stateKeys[i18n.New]), pair.Page + "/fr.md", pair.Page + "/en.md",
				p.say("cli.author_i18n.blocks", "n", fresh[pair.Page])})
			delete(fresh, pair.Page)
		default:
			rows = append(rows, p.pairRow(pair))
		}
	}
	return rows
}

// pairRow is one pair: its state, where it is, and what it is called.
func (p *program) pairRow(pair i18n.Pair) []string {
	state := p.say(stateKeys[pair.State])
	if len(pair.Changed) > 0 {
		var langs []string
		for _, lang := range pair.Changed {
			langs = append(langs, string(lang))
		}
		state += " (" + strings.Join(langs, ", ") + ")"
	}
	row := []string{state}
	name := ""
	for _, lang := range content.Langs {
		place := "—"
		if b, ok := pair.Blocks[lang]; ok {
			place = pair.Page + "/" + string(lang) + ".md:" + strconv.Itoa(b.Line)
			if name == "" || lang == p.voice().Lang() {
				name = b.Name
			}
		}
		row = append(row, place)
	}
	return append(row, name)
}

// table prints rows with their columns aligned.
func (p *program) table(rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		fmt.Fprintln(p.out, strings.TrimRight(b.String(), " "))
	}
}

// pairJSON is a pair for a program.
type pairJSON struct {
	Page    string         `json:"page"`
	State   i18n.State     `json:"state"`
	Changed []content.Lang `json:"changed"`
	FR      *blockJSON     `json:"fr"` // null where it is not there
	EN      *blockJSON     `json:"en"`
}

type blockJSON struct {
	File  string `json:"file"`
	Line  int    `json:"line"`
	Block string `json:"block"`
}

// showPairsJSON prints one object: the pairs that are not as they were accepted,
// and how many are in each state.
func (p *program) showPairsJSON(pairs []i18n.Pair) error {
	n := counts(pairs)
	answer := struct {
		Counts map[i18n.State]int `json:"counts"`
		Pairs  []pairJSON         `json:"pairs"`
	}{n, []pairJSON{}}
	for _, pair := range pairs {
		if pair.State == i18n.Accepted {
			continue
		}
		answer.Pairs = append(answer.Pairs, pairJSON{
			Page: pair.Page, State: pair.State, Changed: slices.Concat([]content.Lang{}, pair.Changed),
			FR: blockOf(pair, content.FR), EN: blockOf(pair, content.EN),
		})
	}
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(answer); err != nil {
		return fmt.Errorf("writing the pairs: %w", err)
	}
	return verdictOn(n)
}

func blockOf(pair i18n.Pair, lang content.Lang) *blockJSON {
	b, ok := pair.Blocks[lang]
	if !ok {
		return nil
	}
	return &blockJSON{pair.Page + "/" + string(lang) + ".md", b.Line, b.Name}
}
