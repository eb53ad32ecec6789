package corpus

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Settings are the parsed lines of a configuration, by key.
type Settings map[string]string

// Config loads its settings when they are first asked for.
type Config struct {
	read  func() string
	ready atomic.Bool
	mu    sync.Mutex
	value Settings
}

// NewConfig returns a configuration whose text comes from read.
func NewConfig(read func() string) *Config { return &Config{read: read} }

// Get returns the setting of a key, or "".
func (c *Config) Get(key string) string { return c.settings()[key] }

func (c *Config) settings() Settings {
	if c.ready.Load() {
		return c.value
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ready.Load() {
		c.ready.Store(true)
		c.value = parse(c.read())
	}
	return c.value
}

func parse(text string) Settings {
	s := make(Settings)
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if ok && !strings.HasPrefix(key, "#") {
			s[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return s
}
