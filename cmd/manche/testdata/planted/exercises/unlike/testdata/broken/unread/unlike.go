package unlike

func Do( {}
