package broken

func Do() {}
