package lessons

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// shape says what an activity consists of beside its question.
type shape struct {
	code     []string // languages that its one fence may have; none without
	mustCode bool
	mayRun   bool
	choices  bool
	answer   bool
}

// shapeOf returns the shape of an activity, and whether there is such a kind.
func shapeOf(kind string) (shape, bool) {
	goCode := []string{"go"}
	switch ActivityKind(kind) {
	case Predict:
		return shape{code: goCode, mayRun: true, choices: true, answer: true}, true
	case Judge:
		return shape{code: goCode, mustCode: true, answer: true}, true
	case Recall, Explain:
		return shape{code: goCode, answer: true}, true
	case Prompt:
		return shape{code: []string{"text"}, mustCode: true}, true
	}
	return shape{}, false
}

func isActivity(kind string) bool {
	_, ok := shapeOf(kind)
	return ok
}

// verdicts are the kinds of findings, and that there is none.
var verdicts = []string{
	Sound, "build", "policy", "test", "panic", "race", "leak", "deadlock", "timeout", "resource", "vet",
}

// minChoices is the least that there is to choose from.
const minChoices = 2

// reading is an activity while its parts are being told apart.
type reading struct {
	*draft
	box    *box
	shape  shape
	result *Activity
	code   *fence
	rights int // choices marked as right
	done   bool
}

// activity reads the parts of an activity in their order: question, code, more
// of the question, choices, answer.
func (d *draft) activity(b *box) *Activity {
	r := reading{draft: d, box: b, result: &Activity{
		Kind: ActivityKind(b.kind), ID: b.id, Verdict: b.verdict, Exercise: b.exercise,
	}}
	r.shape, _ = shapeOf(b.kind)
	for _, n := range children(b) {
		r.part(n)
	}
	r.missing()
	if b.kind == string(Judge) {
		r.judgement()
	}
	return r.result
}

// part takes one block of the activity.
func (r *reading) part(n ast.Node) {
	if r.done {
		r.report(r.lineOf(n), keyActivityOrder, "marker", r.box.kind)
	}
	if b, ok := n.(*box); ok {
		switch b.kind {
		case boxCode:
			r.fencePart(b.code)
			return
		case boxDetails:
			r.result.Answer += r.html(children(b)...)
			r.done = true
			return
		}
	}
	if list, ok := n.(*ast.List); ok && r.shape.choices && isChoices(list) {
		r.choices(list)
		return
	}
	if len(r.result.Choices) > 0 && !r.done {
		r.report(r.lineOf(n), keyActivityOrder, "marker", r.box.kind)
	}
	if r.code == nil {
		r.result.Question += r.html(n)
		return
	}
	r.result.After += r.html(n)
}

// fencePart takes the code of the activity.
func (r *reading) fencePart(f *fence) {
	if r.code != nil || !slices.Contains(r.shape.code, f.language) {
		r.report(f.line, keyActivityExtraCode, "marker", r.box.kind)
		return
	}
	r.code = f
	if r.box.kind == string(Prompt) {
		r.result.Prompt = f.code
		return
	}
	r.result.Code, r.result.CodeHTML = f.code, f.html()
	if r.shape.mayRun {
		r.result.Run = f.runnable
	}
}

// missing reports what the activity lacks.
func (r *reading) missing() {
	kind, line := r.box.kind, r.box.line
	if r.result.Question == "" {
		r.report(line, keyActivityQuestion, "marker", kind)
	}
	if r.shape.mustCode && r.code == nil {
		key := keyActivityCode
		if kind == string(Prompt) {
			key = keyActivityPrompt
		}
		r.report(line, key, "marker", kind)
	}
	if r.shape.choices && len(r.result.Choices) < minChoices {
		r.report(line, keyActivityChoices, "marker", kind)
	} else if r.shape.choices && r.rights != 1 {
		r.report(line, keyActivityRight, "count", strconv.Itoa(r.rights))
	}
	if r.shape.answer && strings.TrimSpace(r.result.Answer) == "" {
		r.report(line, keyActivityAnswer, "marker", kind)
	}
}

// judgement checks the key of a judgement, and that its code fits the exercise
// in whose editor it can be opened.
func (r *reading) judgement() {
	b := r.box
	if !slices.Contains(verdicts, b.verdict) {
		r.report(b.line, keyMarkerVerdict, "verdict", b.verdict)
	}
	if b.exercise == "" {
		return
	}
	ex, ok := r.catalog.Lookup(b.exercise)
	if !ok {
		r.report(b.line, keyMarkerExercise, "slug", b.exercise)
		return
	}
	if r.code != nil && packageName(r.code.code) != ex.Package {
		r.report(r.code.line, keyJudgePackage, "package", ex.Package, "exercise", b.exercise)
	}
}

// isChoices reports whether any item of a list begins with a box to tick.
func isChoices(list *ast.List) bool {
	return slices.ContainsFunc(children(list), func(item ast.Node) bool { return tick(item) != nil })
}

// tick returns the box to tick at the beginning of a list item, or nil.
func tick(item ast.Node) *east.TaskCheckBox {
	if item.FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*east.TaskCheckBox)
	return box
}

// choices reads the answers to choose from, and takes the key out of them.
func (r *reading) choices(list *ast.List) {
	for _, item := range children(list) {
		box := tick(item)
		if box == nil || item.ChildCount() != 1 {
			r.report(r.lineOf(item), keyChoiceForm)
			continue
		}
		if box.IsChecked {
			r.rights++
			r.result.Right = len(r.result.Choices)
		}
		line := item.FirstChild()
		line.RemoveChild(line, box)
		r.result.Choices = append(r.result.Choices, Choice{HTML: strings.TrimSpace(r.html(children(line)...))})
	}
}
