package web

import "strings"

// A recovery code is a learner's key in a form for people: 26 characters and two
// that check them, in groups of four, from an alphabet without I, L, O and U, so
// that no letter is taken for a digit and no word is spelt by chance.
//
// The code is the key, and so good for ever: a code with a term would be of no
// help to somebody whose browser has lost its cookies. Its 130 bits cannot be
// guessed. It is never part of an address: addresses end up in histories, in the
// logs of proxies and in the previews that messengers fetch. It is shown on
// demand and travels in the body of a form.
const (
	keyAlphabet  = "abcdefghijklmnopqrstuvwxyz234567" // of rand.Text, in lower case
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	keyLength    = 26
	codeGroup    = 4
	// codeModulus is the largest prime that two characters can hold. A wrong
	// character changes the sum by at most 26·31, two that changed places by at most
	// 25·31, both less than it: neither goes unnoticed.
	codeModulus = 1021
)

// misread are letters that people write for those of the alphabet.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", " ", "", "-", "", "\u2011", "", "\u00a0", "", "\t", "", "\n", "", "\r", "")

// codeOf returns the recovery code of a key.
func codeOf(key string) string {
	var b strings.Builder
	sum := 0
	put := func(value int) {
		if n := b.Len(); n%(codeGroup+1) == codeGroup {
			b.WriteByte('-')
		}
		b.WriteByte(codeAlphabet[value])
	}
	for i := range keyLength {
		value := strings.IndexByte(keyAlphabet, key[i])
		sum += (i + 1) * value
		put(value)
	}
	sum %= codeModulus
	put(sum >> 5)
	put(sum & 31)
	return b.String()
}

// keyOf reads a recovery code as people type it, and reports whether it is one.
func keyOf(code string) (key string, ok bool) {
	code = misread.Replace(strings.ToUpper(code))
	if len(code) != keyLength+2 {
		return "", false
	}
	var values [keyLength + 2]int
	for i := range values {
		if values[i] = strings.IndexByte(codeAlphabet, code[i]); values[i] < 0 {
			return "", false
		}
	}
	var b strings.Builder
	sum := 0
	for i, value := range values[:keyLength] {
		sum += (i + 1) * value
		b.WriteByte(keyAlphabet[value])
	}
	return b.String(), sum%codeModulus == values[keyLength]<<5|values[keyLength+1]
}
