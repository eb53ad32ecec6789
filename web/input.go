package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"manche/exercises"
	"manche/grader/policy"
)

// submissionRequest is the body of a submission as programs send it.
type submissionRequest struct {
	Files     map[string]string `json:"files"`
	Supersede bool              `json:"supersede"`
}

// postedJSON reads a submission from a request's body.
func postedJSON(r *http.Request) (submissionRequest, error) {
	var req submissionRequest
	if !mediaIs(r, "application/json") {
		return req, wrongMedia("application/json")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return req, unread(err)
	}
	// The decoder would quietly replace what is not UTF-8.
	if !utf8.Valid(body) {
		return req, notText("files")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&req); err != nil {
		return req, malformed()
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return req, malformed()
	}
	return req, nil
}

// postedForm reads a form from a request's body.
func postedForm(r *http.Request) (url.Values, error) {
	const want = "application/x-www-form-urlencoded"
	if !mediaIs(r, want) {
		return nil, wrongMedia(want)
	}
	if err := r.ParseForm(); err != nil {
		if too := unread(err); tooMuch(too) {
			return nil, too
		}
		return nil, badForm()
	}
	return r.PostForm, nil
}

// unread tells why a body could not be read: too long, or broken off on the way,
// which is nobody's fault but surely not ours.
func unread(err error) error {
	if tooMuch(err) {
		return err
	}
	return badForm()
}

func tooMuch(err error) bool {
	var size *http.MaxBytesError
	return errors.As(err, &size)
}

func mediaIs(r *http.Request, want string) bool {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && got == want
}

// filePrefix marks the form's fields that are files.
const filePrefix = "file:"

// filesIn returns the files of a form. Browsers send lines that end in CR LF;
// the files have LF.
func filesIn(form url.Values) map[string]string {
	files := make(map[string]string)
	for field, values := range form {
		if name, ok := strings.CutPrefix(field, filePrefix); ok {
			files[name] = strings.ReplaceAll(values[0], "\r\n", "\n")
		}
	}
	return files
}

// checkFiles holds a submission's files against what the exercise asks for, and
// against what the grader would read: the rest is not worth its place on the disk.
// No-break spaces pass: inside a string they are good Go, and elsewhere the
// compiler names the line.
func checkFiles(ex *exercises.Exercise, files map[string]string) error {
	names := slices.Sorted(maps.Keys(files))
	if !slices.Equal(names, slices.Sorted(slices.Values(ex.Editable))) {
		return wrongFiles(ex.Editable)
	}
	for _, name := range names {
		if len(files[name]) > policy.MaxFile {
			return longFile(name)
		}
		if !utf8.ValidString(files[name]) || strings.ContainsRune(files[name], 0) {
			return notText(name)
		}
	}
	return nil
}
