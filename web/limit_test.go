package web_test

import (
	"testing"
	"time"

	"manche/web"
)

// A class sends at once, more than may: who is told to come back finds room then,
// although the others were told the like.
func TestLimitKeepsItsPromises(t *testing.T) {
	const perMinute, class = 120, 100
	send, now := web.Limit(perMinute), time.Unix(2_000_000_000, 0)
	back := make(map[int]int) // seconds -> how many come then
	for range class {
		back[send(now)]++
	}
	if back[0] != perMinute/2 {
		t.Errorf("%d of %d at once, want %d", back[0], class, perMinute/2)
	}
	for after := 1; after <= 60; after++ {
		for range back[after] {
			if again := send(now.Add(time.Duration(after) * time.Second)); again != 0 {
				t.Errorf("after %d s: told to come back in %d more", after, again)
			}
		}
	}
	if len(back) < 20 {
		t.Errorf("told %d different times, want them spread", len(back))
	}
}

// Whoever sends without heed does not put off everybody else for long.
func TestLimitPromisesAMinuteAtMost(t *testing.T) {
	send, now := web.Limit(60), time.Unix(2_000_000_000, 0)
	most := 0
	for range 10_000 {
		most = max(most, send(now))
	}
	if most != 60 {
		t.Errorf("told to come back after %d s, want 60", most)
	}
}
