package corpus

import (
	"sync"
	"testing"
)

func TestDiscountsDuringSale(t *testing.T) {
	shop := NewShop("lamp", 1000, 30)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 8 {
				price, err := shop.Buy("lamp")
				if err != nil || price > 1000 || price <= 0 {
					t.Errorf("Buy = %d, %v", price, err)
				}
			}
		})
	}
	wg.Go(func() {
		for range 5 {
			shop.Discount("lamp", 10)
		}
	})
	wg.Wait()
}
