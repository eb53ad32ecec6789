package corpus

import (
	"fmt"
	"sync"
)

// Shop sells articles at prices that change while it is open.
type Shop struct {
	pricesMu sync.RWMutex
	prices   map[string]int

	stockMu sync.Mutex
	stock   map[string]int
}

// NewShop opens a shop with one article.
func NewShop(article string, price, count int) *Shop {
	return &Shop{
		prices: map[string]int{article: price},
		stock:  map[string]int{article: count},
	}
}

// Buy takes one article from the stock and returns what it costs.
func (s *Shop) Buy(article string) (int, error) {
	s.pricesMu.RLock()
	defer s.pricesMu.RUnlock()
	price, ok := s.prices[article]
	if !ok {
		return 0, fmt.Errorf("buying %q: not for sale", article)
	}
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	if s.stock[article] == 0 {
		return 0, fmt.Errorf("buying %q: sold out", article)
	}
	s.stock[article]--
	return price, nil
}

// Discount lowers the price of an article that sells badly: by a tenth if more
// than limit of it are left.
func (s *Shop) Discount(article string, limit int) {
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	if s.stock[article] <= limit {
		return
	}
	s.pricesMu.Lock()
	defer s.pricesMu.Unlock()
	s.prices[article] -= s.prices[article] / 10
}
