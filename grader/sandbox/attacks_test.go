//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"manche/grader/attack"
	"manche/grader/sandbox"
)

const mb = 1 << 20

// TestAttacks runs hostile programs; as root it is run again, as an ordinary
// user, by TestAsOrdinaryUser.
func TestAttacks(t *testing.T) { conform(t, open(t, sandbox.Config{})) }

// conform is what every sandbox with walls must pass, whatever they are made of:
// all attacks that it does not say itself to let through, with a look after each
// at what is left.
func conform(t *testing.T, b *sandbox.Backend) {
	leaveOpen(t)
	if want := os.Getenv(tierEnv); want != "" && string(b.Tier()) != want {
		t.Errorf("tier %s, want %s", b.Tier(), want)
	}
	t.Logf("tier %s, lacks %v, failures %v", b.Tier(), b.Lacks(), b.Failures())
	for _, a := range attack.Table(programs(t), host(t), b.Lacks()) {
		t.Run(a.Name, func(t *testing.T) { held(t, a, b) })
	}
}

// leaveOpen makes descriptors that children inherit, as a shell may leave them.
func leaveOpen(t *testing.T) {
	for _, fd := range []int{20, 60, 251} {
		if err := unix.Dup2(2, fd); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { unix.Close(fd) })
	}
}

// held runs an attack that must fail.
func held(t *testing.T, a attack.Attack, b *sandbox.Backend) {
	mark, before := newMark(), mounts(t)
	o, err := a.Run(t.Context(), b, programs(t), mark)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range o.Faults {
		t.Error(fault)
	}
	if !o.Held() {
		t.Logf("output:\n%.4000s", o.Output)
	}
	noneLeft(t, b, mark, before)
}

// host opens what the host would have.
func host(t *testing.T) attack.Host {
	h, err := attack.OpenHost()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// TestAttacksEscapeWithoutWalls shows that the attacks are able: without walls
// the harmless ones of them get through.
func TestAttacksEscapeWithoutWalls(t *testing.T) {
	b := bare(t)
	for _, a := range []struct {
		program string
		args    []string
		want    string
	}{
		{"files", nil, "ESCAPED open /etc/passwd"},
		{"network", host(t).Addresses(), "ESCAPED dial"},
		{"inherited", nil, "descriptor 3"},
	} {
		res, err := b.Run(context.Background(), sandbox.Program{Path: program(t, a.program), Args: a.args})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(res.Output), a.want) {
			t.Errorf("%s: got output %.400q, want %q in it", a.program, res.Output, a.want)
		}
	}
}
