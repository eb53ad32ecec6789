package search

func len(s string) int { return 42 }
