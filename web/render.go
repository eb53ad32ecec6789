package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"

	"manche/content"
	"manche/web/view"
)

// htmlType is the media type of every page.
const htmlType = "text/html; charset=utf-8"

// component is something to draw; what manche/web/view returns is one.
type component interface {
	Render(ctx context.Context, w io.Writer) error
}

// Shell returns what stands around a page of the site, for whoever adds one to it.
func (s *Server) Shell(lang content.Lang, path, title string) view.Shell {
	return s.shell(lang, path, title)
}

// shell returns what stands around a page.
func (s *Server) shell(lang content.Lang, path, title string) view.Shell {
	return view.Shell{
		Voice: s.Messages.In(lang), Title: title, Path: path, Origin: s.BaseURL, Root: s.Root,
		Asset: s.assets.URL, Scripts: []string{"page.js"},
	}
}

// render draws a component whole, so that a failure can still be answered.
func (s *Server) render(ctx context.Context, c component) ([]byte, error) {
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("drawing the page: %w", err)
	}
	return b.Bytes(), nil
}

// page answers with a component that is drawn for this reader.
func (s *Server) page(w http.ResponseWriter, r *http.Request, c component) error {
	body, err := s.render(r.Context(), c)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-store")
	writeHTML(w, http.StatusOK, body)
	return nil
}

func writeHTML(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(status)
	w.Write(body) // a client that left hears nothing
}

// editing prepares a page that holds the editor.
func editing(w http.ResponseWriter, shell *view.Shell) {
	shell.Nonce = rand.Text()
	shell.Scripts = append(shell.Scripts, "exercise.js")
	w.Header().Set("Content-Security-Policy", policyWith(shell.Nonce))
}
