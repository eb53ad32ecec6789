package corpus

import (
	"errors"
	"fmt"
	"sync"
)

// ErrConflict means that somebody else has changed the document meanwhile.
var ErrConflict = errors.New("conflict")

// Doc is a document at one revision.
type Doc struct {
	Rev  int
	Body string
}

// Docs keeps documents by name, each change with the revision that it was made
// from. It is safe for concurrent use.
type Docs struct {
	mu   sync.Mutex
	docs map[string]Doc
}

// NewDocs returns an empty store.
func NewDocs() *Docs { return &Docs{docs: make(map[string]Doc)} }

// Get returns a document, the zero one if there is none.
func (d *Docs) Get(name string) Doc {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.docs[name]
}

// Put stores a new body made from the revision rev.
func (d *Docs) Put(name string, rev int, body string) error {
	d.mu.Lock()
	old := d.docs[name]
	if old.Rev != rev {
		return fmt.Errorf("%w: %s is at %d, not %d", ErrConflict, name, old.Rev, rev)
	}
	d.docs[name] = Doc{rev + 1, body}
	d.mu.Unlock()
	return nil
}

// Edit changes a document by fn, again where others were quicker.
func (d *Docs) Edit(name string, fn func(body string) string) error {
	for {
		doc := d.Get(name)
		err := d.Put(name, doc.Rev, fn(doc.Body))
		if !errors.Is(err, ErrConflict) {
			return err
		}
	}
}
