package main

import (
	"fmt"
	"net/netip"
	"strings"
)

// proxies are addresses and networks as a flag, which may be given again.
type proxies []netip.Prefix

func (p *proxies) String() string {
	list := make([]string, len(*p))
	for i, prefix := range *p {
		list[i] = prefix.String()
	}
	return strings.Join(list, ",")
}

// Set adds addresses and networks, with commas between them.
func (p *proxies) Set(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		prefix, err := netip.ParsePrefix(part)
		if ip, plain := netip.ParseAddr(part); plain == nil {
			prefix, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return fmt.Errorf("no address and no network: %s", part) // told in the course's words
		}
		*p = append(*p, prefix)
	}
	return nil
}

// Type is what stands for a value in a verb's help.
func (p *proxies) Type() string { return "IP,IP/BITS" }
