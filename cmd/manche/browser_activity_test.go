//go:build linux

package main_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"manche/lessons"
)

// answersActivities does everything that a lesson asks for, as plain forms.
func (v visitor) answersActivities(t *testing.T) {
	p := v.open(t)
	p.withoutScripts()
	l, ok := v.site.course.Lesson(lesson)
	if !ok {
		t.Fatalf("there is no lesson %q", lesson)
	}
	done := map[lessons.ActivityKind]int{}
	for _, a := range l.Pages[v.lang].Activities {
		done[a.Kind]++
		switch a.Kind {
		case lessons.Predict:
			p.predict(a, (a.Right+1)%len(a.Choices), "web.predict.bad")
			p.predict(a, a.Right, "web.predict.good")
		case lessons.Judge:
			p.judge(a)
		case lessons.Recall, lessons.Explain:
			p.explain(a)
		}
	}
	for _, kind := range []lessons.ActivityKind{lessons.Predict, lessons.Judge, lessons.Recall, lessons.Explain} {
		if done[kind] == 0 {
			t.Errorf("lesson %s has no activity of the kind %q to try", lesson, kind)
		}
	}
	p.wantAllAnswered(l)
}

// choose marks a choice of an activity and sends it.
func (p *tab) choose(a *lessons.Activity, value, words string) {
	p.Helper()
	p.visit("lessons/" + lesson)
	form := fmt.Sprintf(`form[data-activity=%q] `, a.ID)
	p.click(form + fmt.Sprintf(`input[value=%q]`, value))
	if words != "" {
		p.focus(form + "textarea")
		p.write(words)
	}
	p.click(form + "button")
	p.awaitPage("lessons/" + lesson + "/activities/" + a.ID)
}

func (p *tab) predict(a *lessons.Activity, choice int, key string) {
	p.Helper()
	p.choose(a, strconv.Itoa(choice), "")
	p.want(a.ID, p.text(".answered .result"), p.say(key))
	answers := ask[int](p, `document.querySelectorAll(".answered dd").length`)
	if want := 1 + btoi(choice != a.Right); answers != want {
		p.Errorf("%s: the page shows %d choices, want %d: the reader's, and the right one where it differs", a.ID, answers, want)
	}
	p.wantModel(a)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// judge accepts what is sound and rejects what is not, then the reverse.
func (p *tab) judge(a *lessons.Activity) {
	p.Helper()
	right, wrong, bad := "reject", "accept", "web.judge.bad"
	if a.Verdict == lessons.Sound {
		right, wrong, bad = wrong, right, "web.judge.bad_sound"
	}
	for _, try := range []struct{ choice, key string }{{wrong, bad}, {right, "web.judge.good"}} {
		words := "because of " + try.choice
		p.choose(a, try.choice, words)
		p.want(a.ID, p.text(".answered .result"), p.say(try.key))
		p.want(a.ID, p.text(".answered dd:last-of-type"), p.say("web.judge.is."+a.Verdict))
		p.want(a.ID, p.text(".answered .words"), words)
		p.wantModel(a)
	}
}

// explain writes an answer in own words.
func (p *tab) explain(a *lessons.Activity) {
	p.Helper()
	p.visit("lessons/" + lesson)
	form := fmt.Sprintf(`form[data-activity=%q] `, a.ID)
	p.focus(form + "textarea")
	p.write("Nobody receives; é « ok ».")
	p.click(form + "button")
	p.awaitPage("lessons/" + lesson + "/activities/" + a.ID)
	p.want(a.ID, p.text(".answered .words"), "Nobody receives; é « ok ».")
	p.wantModel(a)
}

// wantModel wants the course's own answer on the page, and the way back.
func (p *tab) wantModel(a *lessons.Activity) {
	p.Helper()
	if model := p.text(".answered .model"); len(model) < len(p.say("web.answer.model"))+20 {
		p.Errorf("%s: the course's answer is %q", a.ID, model)
	}
	back := ask[string](p, `document.querySelector(".actions a").href`)
	p.want(a.ID, back, p.address("lessons/"+lesson)+"#"+a.ID)
}

func (p *tab) wantAllAnswered(l *lessons.Lesson) {
	p.Helper()
	total := 0
	for _, a := range l.Pages[p.lang].Activities {
		total += btoi(a.Kind != lessons.Prompt)
	}
	p.visit("progress")
	want := p.say("web.mine.answered", "n", total, "total", total)
	if got := p.text(`.mine-lesson:has(a[href$="/` + lesson + `"]) .facts`); !strings.Contains(got, want) {
		p.Errorf("my progress: got %q, want %q", got, want)
	}
}
