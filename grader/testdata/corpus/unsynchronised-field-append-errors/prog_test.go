package corpus

import (
	"fmt"
	"testing"
)

func TestImportReportsEveryBadAddress(t *testing.T) {
	var records []Record
	for n := range 24 {
		mail := fmt.Sprintf("user%d@mail.example", n)
		if n%6 == 5 {
			mail = "nobody"
		}
		records = append(records, Record{n, mail})
	}
	var im Import
	if got := im.Run(records, 3); len(got) != 4 {
		t.Errorf("%d problems, want 4: %v", len(got), got)
	}
	if got := im.Checked(); got != len(records) {
		t.Errorf("Checked = %d, want %d", got, len(records))
	}
}
