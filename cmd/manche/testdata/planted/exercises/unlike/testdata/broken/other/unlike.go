package unlike

func Do(n int) {}
