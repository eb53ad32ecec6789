package unlike

func Do() {}
