package corpus

import (
	"context"
	"errors"
	"testing"
)

var errSoldOut = errors.New("sold out")

// shop has one price for everything; 0 means sold out.
type shop struct {
	name  string
	cents int
}

func (s shop) Name() string { return s.name }

func (s shop) Price(ctx context.Context, _ string) (int, error) {
	if s.cents == 0 {
		return 0, errSoldOut
	}
	return s.cents, ctx.Err()
}

func TestCheapest(t *testing.T) {
	all := []Supplier{shop{"north", 720}, shop{"south", 690}, shop{"west", 810}}
	got, err := Cheapest(context.Background(), "lamp", all)
	if want := (Offer{"south", 690}); got != want || err != nil {
		t.Errorf("Cheapest = %v, %v, want %v", got, err, want)
	}
}

func TestOneIsSoldOut(t *testing.T) {
	all := []Supplier{shop{"north", 720}, shop{"south", 0}, shop{"east", 0}, shop{"west", 810}}
	if _, err := Cheapest(context.Background(), "lamp", all); err == nil {
		t.Error("no error, though a shop is sold out")
	}
}
