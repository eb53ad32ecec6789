//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"manche/grader/sandbox"
)

// What a program hears comes as it is written, and whoever writes notices when
// nobody hears it any more.
func TestInputComesAsItIsWritten(t *testing.T) {
	long := strings.Repeat("long ", 100_000) // more than a pipe holds
	for tier, b := range tiers(t) {
		for _, test := range []struct {
			does  string
			heard bool
		}{{"echo", true}, {"exit", false}} {
			t.Run(tier+"/"+test.does, func(t *testing.T) {
				in, out, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				written := make(chan error, 1)
				go func() {
					_, err := out.WriteString(long)
					out.Close()
					written <- err
				}()
				res, err := b.Run(context.Background(), sandbox.Program{
					Path: program(t, "behave"), Args: []string{test.does}, Env: []string{"A=1"},
					Input: in, Stdin: []byte("not this"), Limits: sandbox.Limits{Output: mb},
				})
				if err != nil {
					t.Fatal(err)
				}
				if err := <-written; (err == nil) != test.heard {
					t.Errorf("writing: %v, want it heard: %v", err, test.heard)
				}
				if got := strings.Contains(string(res.Output), "stdin "+long+"\n"); got != test.heard {
					t.Errorf("the program has heard it: %v, want %v", got, test.heard)
				}
			})
		}
	}
}
