package corpus

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestRequestsHaveTheirOwnFields(t *testing.T) {
	var out strings.Builder
	base := NewLogger(&out).With("service", "mail")
	var wg sync.WaitGroup
	for request := range 4 {
		wg.Go(func() {
			l := base.With("request", fmt.Sprint(request))
			l.Print("begin")
			l.With("status", "ok").Print("end")
		})
	}
	wg.Wait()
	for request := range 4 {
		want := fmt.Sprintf("end request=%d service=mail status=ok\n", request)
		if !strings.Contains(out.String(), want) {
			t.Errorf("no line %q in\n%s", want, &out)
		}
	}
}
