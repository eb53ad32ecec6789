package detection

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The markers around what is replaced.
const (
	BeginMarker = "<!-- detection:begin -->"
	EndMarker   = "<!-- detection:end -->"
)

// ErrNoMarkers is returned for a text that does not have each marker once, the
// beginning before the end.
var ErrNoMarkers = errors.New("the text needs the marker " + BeginMarker + " and, after it, " + EndMarker + ", each once")

// Replace returns the text with the block between the markers, in paragraphs of
// its own.
func Replace(text, block string) (string, error) {
	before, rest, begun := strings.Cut(text, BeginMarker)
	_, after, ended := strings.Cut(rest, EndMarker)
	if !begun || !ended || strings.Count(text, BeginMarker) > 1 || strings.Count(text, EndMarker) > 1 {
		return "", ErrNoMarkers
	}
	return before + BeginMarker + "\n" + strings.TrimSpace(block) + "\n" + EndMarker + after, nil
}

// CheckReadme fails where [WriteReadme] would: before hours of measuring, not
// after.
func CheckReadme(name string) error {
	_, err := replaced(name, "")
	return err
}

// WriteReadme puts the block between the markers of a file. The file is written
// anew beside it and then takes its place: it is never there by half.
func WriteReadme(name, block string) error {
	text, err := replaced(name, block)
	if err != nil {
		return err
	}
	if err := overwrite(name, text); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func replaced(name, block string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("reading the file for the figures: %w", err)
	}
	text, err := Replace(string(raw), block)
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
