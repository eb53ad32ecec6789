package harness

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// framePosition matches the second line of a frame in what the tools print, with
// the folder of the file, whoever's it is.
var framePosition = regexp.MustCompile(`^(\s+)(\S.*/)([^/]+\.go)(:[1-9]\d*(?:\s.*)?)$`)

// local names the package's own files as their owner does, by their bare names,
// and makes sure that no file of another package bears the name of one of them.
func (m *Module) local(text string) string { return inFrames(text, filepath.ToSlash(m.Dir)+"/", m.has) }

// inFrames gives the files of the folder own, in the frames of a text, their bare
// names, and those of other folders that has knows a name of another kind.
func inFrames(text, own string, has func(string) bool) string {
	if !strings.Contains(text, ".go:") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line[0] != ' ' && line[0] != '\t' || !strings.Contains(line, ".go:") {
			b.WriteString(line)
			continue
		}
		bare, newline := strings.CutSuffix(line, "\n")
		at := framePosition.FindStringSubmatch(bare)
		switch {
		case at == nil:
		case at[2] == own:
			bare = at[1] + at[3] + at[4]
		case has(at[3]):
			bare = at[1] + path.Clean(at[2]) + ":" + at[3] + at[4]
		}
		b.WriteString(bare)
		if newline {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// has reports whether the package has a file of this name.
func (m *Module) has(name string) bool {
	return m.Code[name] != nil || m.Tests[name] != nil || m.External[name] != nil
}
