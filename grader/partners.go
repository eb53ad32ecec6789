package grader

import (
	"slices"
	"strconv"
	"strings"

	"manche/grader/source"
)

// refined are the keys that say more of a goroutine that waits, by who could
// have come to it, where the text shows that:
//
//   - "_left": there are operations of the other side, at lines that are named,
//     and nobody is at them any more;
//   - "_alone": there is none, and the channel is not known elsewhere;
//   - "_unclosed": a loop ends only with a close, and there is none;
//   - "_done": it waits for a context to end.
var refined = []string{
	"leak.send_left", "leak.send_alone",
	"leak.receive_left", "leak.receive_alone", "leak.receive_unclosed", "leak.receive_done",
	"deadlock.send_left", "deadlock.send_alone",
	"deadlock.receive_left", "deadlock.receive_alone", "deadlock.receive_unclosed", "deadlock.receive_done",
	"deadlock.wait_left", "deadlock.wait_alone",
}

// refine returns the key that says more of g than key does, with the parameters
// of its sentence; key itself where there is none.
func (j *judgement) refine(key string, g Goroutine) (string, map[string]string) {
	suffix, params := j.partners(g)
	if slices.Contains(refined, key+suffix) {
		return key + suffix, params
	}
	return key, nil
}

// partners tells who could have come to g: a suffix of refined.
func (j *judgement) partners(g Goroutine) (suffix string, params map[string]string) {
	text := j.text()
	op, ok := text.At(g.At.File, g.At.Line, source.Kind(g.Does))
	switch {
	case !ok:
		return "", nil
	case op.Cancels() && g.Does == "receive":
		return "_done", nil
	case g.Does == "wait":
		return j.others(op, text.All(op, source.Done))
	case g.Does == "send":
		return j.others(op, text.All(op, source.Receive))
	case g.Does == "receive":
		sends, closes := text.All(op, source.Send), text.All(op, source.Close)
		if len(sends) > 0 && len(closes) == 0 && !text.Escapes(op) && op.Loop {
			return "_unclosed", nil
		}
		return j.others(op, append(sends, closes...))
	}
	return "", nil
}

// others names the operations that could have come.
func (j *judgement) others(op source.Operation, list []source.Operation) (suffix string, params map[string]string) {
	if len(list) == 0 {
		if j.text().Escapes(op) {
			return "", nil
		}
		return "_alone", nil
	}
	var lines []string
	for _, o := range list {
		at := inFile(Place(o.Place), op.File)
		if !slices.Contains(lines, at) {
			lines = append(lines, at)
		}
	}
	return "_left", map[string]string{"partners": strings.Join(lines, ", "), "n": strconv.Itoa(len(lines))}
}
