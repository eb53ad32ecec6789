package corpus

import (
	"sync"
	"testing"
)

func TestAlbumsWithTheSamePictures(t *testing.T) {
	maker := NewMaker(func(name string) []byte { return []byte("small " + name) })
	albums := [][]string{{"cat", "sea"}, {"tree", "cat"}}
	var wg sync.WaitGroup
	for _, album := range albums {
		wg.Go(func() {
			thumbs := maker.MakeAll(album)
			if len(thumbs) != len(album) {
				t.Errorf("%d thumbnails of %d pictures", len(thumbs), len(album))
			}
			for _, th := range thumbs {
				if !th.Busy && string(th.Data) != "small "+th.Name {
					t.Errorf("%s became %q", th.Name, th.Data)
				}
			}
		})
	}
	wg.Wait()
}
