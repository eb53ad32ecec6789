package figures

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Table writes rows, the first of which is the head, as a Markdown table whose
// columns stand below each other: the first to the left, the others to the right.
func Table(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell), 3)
		}
	}
	for i, row := range rows {
		var cells, rule []string
		for column, cell := range row {
			space := strings.Repeat(" ", widths[column]-utf8.RuneCountInString(cell))
			dashes := strings.Repeat("-", widths[column]-1)
			if column == 0 {
				cells, rule = append(cells, cell+space), append(rule, dashes+"-")
				continue
			}
			cells, rule = append(cells, space+cell), append(rule, dashes+":")
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
		if i == 0 {
			fmt.Fprintf(w, "| %s |\n", strings.Join(rule, " | "))
		}
	}
	io.WriteString(w, "\n")
}
