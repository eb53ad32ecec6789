package corpus

import (
	"context"
	"fmt"
)

// Supplier quotes a price in cents for an article.
type Supplier interface {
	Name() string
	Price(ctx context.Context, article string) (int, error)
}

// Offer is what one supplier asks.
type Offer struct {
	Supplier string
	Cents    int
}

// Cheapest asks all suppliers at once and returns the best offer. It needs the
// answers of all: the first error is returned, and the other questions are
// called off.
func Cheapest(ctx context.Context, article string, suppliers []Supplier) (Offer, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	offers, errs := make(chan Offer), make(chan error)
	for _, s := range suppliers {
		go func() {
			cents, err := s.Price(ctx, article)
			if err != nil {
				errs <- fmt.Errorf("%s: %w", s.Name(), err)
				return
			}
			offers <- Offer{s.Name(), cents}
		}()
	}
	var best Offer
	for range suppliers {
		select {
		case o := <-offers:
			if best.Supplier == "" || o.Cents < best.Cents {
				best = o
			}
		case err := <-errs:
			return Offer{}, err
		}
	}
	return best, nil
}
