package corpus

import (
	"slices"
	"strings"
	"sync"
)

// Page is one document of a site and the paths that it links to.
type Page struct {
	Title string
	Body  string
	Links []string
}

// Crawler walks a site, each page in a goroutine of its own.
type Crawler struct {
	site   func(path string) (Page, bool)
	wg     sync.WaitGroup
	mu     sync.Mutex
	seen   map[string]bool
	titles []string
	words  int
}

// NewCrawler returns a crawler for one walk over the site.
func NewCrawler(site func(path string) (Page, bool)) *Crawler {
	return &Crawler{site: site, seen: make(map[string]bool)}
}

// Crawl visits every page that can be reached from root and returns the titles
// in order, and the number of words on all pages.
func (c *Crawler) Crawl(root string) ([]string, int) {
	c.first(root)
	c.wg.Add(1)
	c.visit(root)
	c.wg.Wait()
	slices.Sort(c.titles)
	return c.titles, c.words
}

func (c *Crawler) visit(path string) {
	defer c.wg.Done()
	page, ok := c.site(path)
	if !ok {
		return
	}
	c.keep(page)
	for _, link := range page.Links {
		if c.first(link) {
			c.wg.Add(1)
			go c.visit(link)
		}
	}
}

// first reports whether the path is new.
func (c *Crawler) first(path string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.seen[path]
	c.seen[path] = true
	return !known
}

func (c *Crawler) keep(page Page) {
	words := len(strings.Fields(page.Body))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.titles = append(c.titles, page.Title)
	c.words += words
}
