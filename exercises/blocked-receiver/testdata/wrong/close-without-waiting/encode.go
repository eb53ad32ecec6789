package podcast

// EncodeAll calls encode once for each show, n calls at a time, and returns
// when all of them have ended.
func EncodeAll(n int, shows []string, encode func(show string)) {
	queue := make(chan string)
	for range n {
		go func() {
			for show := range queue {
				encode(show)
			}
		}()
	}
	for _, show := range shows {
		queue <- show
	}
	close(queue)
}
