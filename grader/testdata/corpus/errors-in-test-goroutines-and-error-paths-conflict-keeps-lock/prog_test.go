package corpus

import (
	"sync"
	"testing"
)

func TestEditsAddUp(t *testing.T) {
	const editors, edits = 2, 4
	docs := NewDocs()
	var wg sync.WaitGroup
	for range editors {
		wg.Go(func() {
			for range edits {
				if err := docs.Edit("notes", func(body string) string { return body + "x" }); err != nil {
					t.Errorf("Edit: %v", err)
				}
			}
		})
	}
	wg.Wait()
	got := docs.Get("notes")
	if got.Rev != editors*edits || len(got.Body) != editors*edits {
		t.Errorf("%+v after %d edits", got, editors*edits)
	}
}
