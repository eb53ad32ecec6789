package small

func Do() {}
