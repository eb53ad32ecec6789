package corpus

import "sync"

// Thumb is a small picture. Busy means that another call is making it.
type Thumb struct {
	Name string
	Busy bool
	Data []byte
}

// Maker makes thumbnails, each at most once at a time.
type Maker struct {
	scale func(name string) []byte

	mu     sync.Mutex
	making map[string]bool
}

// NewMaker returns a maker that uses scale for the work.
func NewMaker(scale func(name string) []byte) *Maker {
	return &Maker{scale: scale, making: make(map[string]bool)}
}

// MakeAll makes the thumbnails of all pictures at once.
func (m *Maker) MakeAll(names []string) []Thumb {
	made := make(chan Thumb)
	for _, name := range names {
		go func() {
			if !m.begin(name) {
				return
			}
			defer m.end(name)
			made <- Thumb{Name: name, Data: m.scale(name)}
		}()
	}
	thumbs := make([]Thumb, 0, len(names))
	for range names {
		thumbs = append(thumbs, <-made)
	}
	return thumbs
}

// begin claims a picture, unless somebody has it.
func (m *Maker) begin(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.making[name] {
		return false
	}
	m.making[name] = true
	return true
}

func (m *Maker) end(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.making, name)
}
