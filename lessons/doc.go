// Package lessons loads the course and its Markdown dialect, renders every page
// once, and lists what the authors got wrong.
//
// A lesson is a folder lessons/<nn-slug> with one page per language, fr.md and
// en.md. The number is the lesson's place, the slug its address. A page opens
// with its front matter,
//
//	---
//	title: Goroutine leaks
//	summary: One sentence.
//	minutes: 25
//	---
//
// and goes on in GitHub-flavoured Markdown that reads well on any forge:
// headings of level 2 and 3, paragraphs, lists, tables, links, emphasis, code,
// and call-outs such as "> [!WARNING]" with the marker alone on its line.
// What the reader unfolds stands between <details>, with its <summary> on the
// next line, and </details>, each followed by a blank line. There is no other
// HTML, no image and no footnote.
//
// A line with TODO(author) is a gap, and a defect: what follows says what is still
// to be written there.
//
// # Code
//
// A fence says what it holds: go (a file, declarations, or statements), text or
// sh. Go is formatted by gofmt. "go run" is a whole program that the reader can
// change and run; "expect=" adds what comes of it: output (the default), race,
// leak, deadlock or panic. It may import what a submission may. What comes of it is
// proven (see [Course.Prove]): output means that it ends well and prints something;
// and where a text block follows it at once, that it prints just this, each time.
//
// # Activities
//
// Comments on lines of their own open and close an activity:
//
//	<!-- predict: id -->   question, code, choices "- [ ]" with one "- [x]", answer
//	<!-- judge: id verdict=leak exercise=slug -->   question, Go code, reasoned verdict
//	<!-- recall: id -->    question, answer
//	<!-- explain: id -->   question, model answer
//	<!-- prompt: id -->    what to look for, and the prompt in a text fence
//	<!-- /predict -->      and so on
//
// The answer is the <details> block at the end. "<!-- exercise: slug -->" stands
// alone and embeds the card of an exercise.
//
// # Links
//
// Within the course a link is ../lessons/<slug>, ../exercises/<slug> or
// #heading; elsewhere it is a full address.
//
// # Languages
//
// The pages of a lesson say the same: the same headings by level and place, the
// same activities, choices and exercises, and the same code but for comments
// and string literals. The anchors of both come from the English headings, so
// that a change of language keeps the place.
package lessons
