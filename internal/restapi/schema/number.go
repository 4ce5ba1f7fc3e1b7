package schema

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// number is a decimal number, 0.DIGITS times ten to the power of exponent. No digits are zero. It costs what its text does,
// whatever its exponent: a client sends it.
type number struct {
	negative bool
	digits   string // no zero at either end
	exponent int64
	text     string
}

func parseNumber(text json.Number) number {
	mantissa, power, _ := strings.Cut(strings.ToLower(string(text)), "e")
	n := number{text: string(text)}
	mantissa, n.negative = strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	n.exponent, _ = strconv.ParseInt(power, 10, 64) // none is 0, and one that is too large is the largest
	n.exponent = max(min(n.exponent, math.MaxInt64/2), math.MinInt64/2) + int64(len(whole))
	digits := strings.TrimLeft(whole+fraction, "0")
	n.exponent -= int64(len(whole) + len(fraction) - len(digits))
	n.digits = strings.TrimRight(digits, "0")
	if n.digits == "" {
		n.negative, n.exponent = false, 0
	}
	return n
}

// whole reports whether there is nothing after the point.
func (n *number) whole() bool { return n.exponent >= int64(len(n.digits)) }

// compare returns -1, 0 or 1, as n is below, at or above other.
func (n *number) compare(other *number) int {
	sign := func(n *number) int {
		switch {
		case n.digits == "":
			return 0
		case n.negative:
			return -1
		}
		return 1
	}
	if a, b := sign(n), sign(other); a != b || a == 0 {
		return max(-1, min(1, a-b))
	}
	order := strings.Compare(n.digits, other.digits)
	if n.exponent != other.exponent {
		order = 1
		if n.exponent < other.exponent {
			order = -1
		}
	}
	if n.negative {
		return -order
	}
	return order
}

// canonical is the same for equal numbers.
func (n *number) canonical() string {
	sign := ""
	if n.negative {
		sign = "-"
	}
	return sign + n.digits + "e" + strconv.FormatInt(n.exponent, 10)
}

// mostPlaces bounds where the digits of a divisor are.
const mostPlaces = 1000

// divides reports whether multiples can be computed of it.
func (n *number) divides() bool {
	return len(n.digits) <= mostPlaces && n.exponent <= mostPlaces && n.exponent >= -mostPlaces
}

// multiple reports whether n is a whole multiple of a divisor, which divides.
func (n *number) multiple(of *number) bool {
	if n.digits == "" {
		return true
	}
	shift := max(0, int64(len(of.digits))-of.exponent) // makes the divisor whole
	power := n.exponent - int64(len(n.digits)) + shift
	if power < 0 {
		return false // it has more places than the divisor
	}
	ten := big.NewInt(10)
	divisor, _ := new(big.Int).SetString(of.digits, 10)
	divisor.Mul(divisor, new(big.Int).Exp(ten, big.NewInt(of.exponent-int64(len(of.digits))+shift), nil))
	value, _ := new(big.Int).SetString(n.digits, 10)
	value.Mul(value.Mod(value, divisor), new(big.Int).Exp(ten, big.NewInt(power), divisor))
	return value.Mod(value, divisor).Sign() == 0
}
