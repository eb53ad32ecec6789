package prog

// Collect keeps every page that it reads.
func Collect() (pages [][]byte) {
	for len(pages) >= 0 {
		page := make([]byte, 64<<20)
		for i := 0; i < len(page); i += 4096 {
			page[i] = 1
		}
		pages = append(pages, page)
	}
	return pages
}
