package template

import (
	"math/big"
	"net/netip"
	"strconv"
)

// cidr is Fn::Cidr: count blocks, each with bits for its hosts, from the beginning of an IP block.
func (e *evaluator) cidr(arg node) (any, error) {
	texts := [3]string{2: ""}
	var failed error
	for i, each := range arg.items() {
		text, err := e.text(each, cidrShape)
		failed, texts[i] = worse(failed, err), text
	}
	if failed != nil {
		return nil, failed
	}
	block, err := netip.ParsePrefix(texts[0])
	if err != nil {
		return nil, errorAt(arg.at, "Template error: Fn::Cidr: %s is not a valid CIDR block", texts[0])
	}
	count, ok := wholeNumber(texts[1])
	if !ok || count < 1 || count > 256 {
		return nil, errorAt(arg.at, "%s", cidrShape)
	}
	bits := 8
	if block.Addr().Is6() {
		bits = 64
	}
	if texts[2] != "" {
		if bits, ok = wholeNumber(texts[2]); !ok || bits < 1 || bits > block.Addr().BitLen() {
			return nil, errorAt(arg.at, "%s", cidrShape)
		}
	}
	blocks, ok := subnets(block.Masked(), count, bits)
	if !ok {
		return nil, errorAt(arg.at, "Template error: Fn::Cidr: %d blocks of %d bits do not fit into %s", count, bits, texts[0])
	}
	return blocks, nil
}

// subnets are the first blocks of a network, each with so many bits for its hosts.
func subnets(network netip.Prefix, count, bits int) ([]any, bool) {
	free := network.Addr().BitLen() - network.Bits()
	if bits > free || free-bits < 9 && count > 1<<(free-bits) {
		return nil, false
	}
	step := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	at := new(big.Int).SetBytes(network.Addr().AsSlice())
	blocks := make([]any, 0, count)
	for range count {
		address, _ := netip.AddrFromSlice(at.FillBytes(make([]byte, network.Addr().BitLen()/8)))
		blocks = append(blocks, address.String()+"/"+strconv.Itoa(address.BitLen()-bits))
		at.Add(at, step)
	}
	return blocks, true
}
