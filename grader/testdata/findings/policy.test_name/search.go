package search

func TestSearch() {}
