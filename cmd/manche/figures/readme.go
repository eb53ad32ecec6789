package figures

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Section names a part of a text that is replaced as a whole: what stands
// between its two markers.
type Section string

// Begin and End are the markers. HTML comments, they do not show.
func (s Section) Begin() string { return "<!-- " + string(s) + ":begin -->" }

// End is the other one; see [Section.Begin].
func (s Section) End() string { return "<!-- " + string(s) + ":end -->" }

// ErrNoMarkers is returned for a text that does not have each marker once, the
// beginning before the end.
var ErrNoMarkers = errors.New("the text needs the two markers of the section, each once, the beginning first")

// Replace returns the text with the block between the markers, in paragraphs of
// its own.
func (s Section) Replace(text, block string) (string, error) {
	before, rest, begun := strings.Cut(text, s.Begin())
	_, after, ended := strings.Cut(rest, s.End())
	if !begun || !ended || strings.Count(text, s.Begin()) > 1 || strings.Count(text, s.End()) > 1 {
		return "", ErrNoMarkers
	}
	return before + s.Begin() + "\n" + strings.TrimSpace(block) + "\n" + s.End() + after, nil
}

// Check fails where [Section.Write] would: before hours of measuring, not after.
func (s Section) Check(name string) error {
	_, err := s.replaced(name, "")
	return err
}

// Write puts the block between the markers of a file. The file is written anew
// beside it and then takes its place: it is never there by half.
func (s Section) Write(name, block string) error {
	text, err := s.replaced(name, block)
	if err != nil {
		return err
	}
	if err := overwrite(name, text); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func (s Section) replaced(name, block string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("reading the file for the figures: %w", err)
	}
	text, err := s.Replace(string(raw), block)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

// overwrite replaces a file that is there, and keeps its permissions.
func overwrite(name, text string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	err = errors.Join(err, file.Chmod(info.Mode().Perm()), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}
