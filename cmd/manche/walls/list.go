package walls

// Mutants lists what can be loosened in the repository at root: rules are found in
// the sources, so that new ones are among them by themselves.
func Mutants(root string) ([]Mutant, error) {
	var all []Mutant
	for _, find := range []func(string) ([]Mutant, error){
		policyMutants, stageMutants, filterMutants, callMutants, canaryMutants, reportMutants,
	} {
		list, err := find(root)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return loosening(all)
}

// Sample picks n of the mutants, spread evenly over the list; 0 for all of them.
func Sample(all []Mutant, n int) []Mutant {
	if n <= 0 || n >= len(all) {
		return all
	}
	list := make([]Mutant, 0, n)
	for i := range n {
		list = append(list, all[(2*i+1)*len(all)/(2*n)])
	}
	return list
}
