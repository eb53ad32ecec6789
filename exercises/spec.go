package exercises

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// kinds are the kinds of findings that an answer can be declared to produce.
var kinds = []string{"build", "policy", "test", "race", "leak", "deadlock", "panic", "timeout", "vet", "resource"}

// Remarks are the names of the remarks that an exercise can have count, sorted: those
// that static analysis makes. It must not be modified.
var Remarks = []string{
	"abandonedsend", "breakselect", "copylocks", "deferrange", "donepath", "doubleclose", "emptysection", "heldlock", "lostcancel",
	"sendlocked", "slowcase", "spin", "testinggoroutine", "testsleep", "waitgroup",
}

// driverApart is the driver that runs the checks in a process of their own.
const driverApart = "apart"

// MaxLevel is the hardest level of an exercise.
const MaxLevel = 5

// spec is exercise.toml. An unknown key is a defect.
type spec struct {
	Kind    Kind     `toml:"kind"`
	Level   int      `toml:"level"`
	Lesson  string   `toml:"lesson"`
	Package string   `toml:"package"`
	Imports []string `toml:"imports"`
	Vet     []string `toml:"vet"`
	// Concurrent names the checks that prove that work overlaps.
	Concurrent []string `toml:"concurrent"`
	Driver     string   `toml:"driver"` // "", or apart
	Why        []Why    `toml:"why"`
	Starter    answer   `toml:"starter"`
	Right      []answer `toml:"right"`
	Wrong      []answer `toml:"wrong"`
	// Equivalent names the mutants of the reference that are right as well.
	Equivalent []Equivalence `toml:"equivalent"`
}

// answer declares a known answer, and what every verdict on it must say.
type answer struct {
	Name   string   `toml:"name"`
	Expect []string `toml:"expect"`
	May    []string `toml:"may"`
	File   string   `toml:"file"`
	Line   int      `toml:"line"`
	Lines  []int    `toml:"lines"`
}

// parseSpec reads exercise.toml strictly. It reports whether there is anything
// to go on with.
func (b bundle) parseSpec() (s spec, defects []Defect, ok bool) {
	dec := toml.NewDecoder(bytes.NewReader(b.files[specFile])).DisallowUnknownFields()
	err := dec.Decode(&s)
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		for _, e := range unknown.Errors {
			row, _ := e.Position()
			defects = append(defects, b.defect(specFile, row, "spec.unknown_key", "name", strings.Join(e.Key(), ".")))
		}
	}
	if err == nil || unknown != nil {
		return s, append(defects, b.checkSpec(s)...), true
	}
	line := 0
	var broken *toml.DecodeError
	if errors.As(err, &broken) {
		line, _ = broken.Position()
	}
	return s, []Defect{b.defect(specFile, line, "spec.syntax", "reason", err.Error())}, false
}

// checkSpec holds the values against what they may be.
func (b bundle) checkSpec(s spec) []Defect {
	var defects []Defect
	add := func(wrong bool, at, key string, params ...string) {
		if wrong {
			defects = append(defects, b.inSpec(at, key, params...))
		}
	}
	add(!slices.Contains([]Kind{Repair, Build, Test, Hunt}, s.Kind), "kind", "spec.kind", "value", string(s.Kind))
	add(s.Kind == Hunt && len(s.Starter.Lines) < 2, "starter.lines", "spec.hunt_lines")
	add(s.Level < 1 || s.Level > MaxLevel, "level", "spec.level")
	add(s.Package == "", "package", "spec.package")
	add(s.Driver != "" && s.Driver != driverApart, "driver", "spec.driver", "value", s.Driver)
	for _, name := range s.Vet {
		add(!slices.Contains(Remarks, name), "vet", "spec.vet", "value", name, "known", strings.Join(Remarks, ", "))
	}
	add(s.Kind == Test && len(s.Concurrent) > 0, "concurrent", "spec.concurrent_test")
	defects = append(defects, b.checkWhy(s)...)
	for i, a := range s.Wrong {
		defects = append(defects, b.checkExpected("wrong."+strconv.Itoa(i), a)...)
	}
	defects = append(defects, b.checkExpected("starter", withName(s.Starter, "starter"))...)
	for i, e := range s.Equivalent {
		incomplete := e.Mutant == "" || e.File == "" || e.Line == 0 || strings.TrimSpace(e.Reason) == ""
		add(incomplete, "equivalent."+strconv.Itoa(i)+".mutant", "spec.equivalent", "name", e.Mutant)
	}
	return append(defects, b.checkFolders(s)...)
}

// checkExpected reports findings that an answer declares and that there are not.
func (b bundle) checkExpected(at string, a answer) []Defect {
	var defects []Defect
	if len(a.Expect) == 0 {
		defects = append(defects, b.inSpec(at+".expect", "spec.expect_nothing", "name", a.Name))
	}
	for _, list := range []struct {
		key   string
		kinds []string
	}{{"expect", a.Expect}, {"may", a.May}} {
		for _, kind := range list.kinds {
			if !slices.Contains(kinds, kind) {
				defects = append(defects, b.inSpec(at+"."+list.key, "spec.unknown_kind", "name", a.Name, "value", kind))
			}
		}
	}
	return defects
}

// checkFolders reports answers without a folder and folders without an answer.
func (b bundle) checkFolders(s spec) []Defect {
	return append(b.checkFolder(rightDir, s.Right), b.checkFolder(wrongDir, s.Wrong)...)
}

func (b bundle) checkFolder(dir string, declared []answer) []Defect {
	var defects []Defect
	onDisk := b.variants(dir)
	for i, a := range declared {
		if !slices.Contains(onDisk, a.Name) {
			defects = append(defects, b.inSpec(declaration(dir, i), "spec.no_folder", "name", a.Name, "folder", dir))
		}
	}
	for _, name := range onDisk {
		if !slices.ContainsFunc(declared, func(a answer) bool { return a.Name == name }) {
			defects = append(defects, b.defect(dir+"/"+name, 0, "spec.undeclared", "name", name))
		}
	}
	return defects
}

// declaration is where exercise.toml names an answer that has its folder in dir.
func declaration(dir string, i int) string { return path.Base(dir) + "." + strconv.Itoa(i) + ".name" }

func withName(a answer, name string) answer {
	a.Name = name
	return a
}

// defect makes a defect in a file of the bundle; params are name, value pairs.
func (b bundle) defect(file string, line int, key string, params ...string) Defect {
	d := Defect{File: path.Join("exercises", b.slug, file), Line: line, Key: key, Params: make(map[string]string)}
	for i := 0; i+1 < len(params); i += 2 {
		d.Params[params[i]] = params[i+1]
	}
	return d
}

// inSpec makes a defect of exercise.toml, at the place of a key.
func (b bundle) inSpec(at, key string, params ...string) Defect {
	return b.defect(specFile, b.lines.at(at), key, params...)
}
