package corpus

import (
	"strings"
	"sync"
	"testing"
)

func TestAuditWritesEverything(t *testing.T) {
	audit := NewAudit()
	var wg sync.WaitGroup
	for _, user := range []string{"ann", "ben", "col"} {
		wg.Go(func() {
			audit.Record(user, "login")
			audit.Record(user, "logout")
		})
	}
	wg.Wait()
	trail := audit.Close()
	for _, line := range []string{"ann: login\n", "ben: logout\n", "col: login\n"} {
		if !strings.Contains(trail, line) {
			t.Errorf("trail lacks %q", line)
		}
	}
}
