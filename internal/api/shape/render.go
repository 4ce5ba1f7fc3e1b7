package shape

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// maxShown is how many bytes of a value are shown: much more than a name that is too long, and not a whole request.
const maxShown = 8 << 10

// render shows v as Java does: [x86_64, arm64], {2=2.0}. A structure is shown without its members, one of which may
// be sensitive, and a blob without its bytes. What is longer than maxShown is cut.
func render(v reflect.Value, rules *Constraint) string {
	shown := whole(v, rules)
	if len(shown) > maxShown {
		return strings.ToValidUTF8(shown[:maxShown], "") + "..."
	}
	return shown
}

// whole shows v, of lists and maps not much more than what is not cut.
func whole(v reflect.Value, rules *Constraint) string {
	if rules != nil && rules.Sensitive {
		return "***"
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return Double(v.Float())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return "(" + strconv.Itoa(v.Len()) + " bytes)"
		}
		return renderList(v, rules)
	case reflect.Map:
		return renderMap(v, rules)
	}
	return "{...}"
}

func renderList(v reflect.Value, rules *Constraint) string {
	var item *Constraint
	if rules != nil {
		item = rules.Item
	}
	var parts []string
	for i, size := 0, 0; i < v.Len() && size <= maxShown; i++ {
		parts = append(parts, render(v.Index(i), item))
		size += len(parts[i]) + len(", ")
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func renderMap(v reflect.Value, rules *Constraint) string {
	var of Constraint
	if rules != nil {
		of = *rules
	}
	var parts []string
	size := 0
	for i, key := range SortedKeys(v) {
		if size > maxShown {
			break
		}
		parts = append(parts, render(key, of.Key)+"="+render(v.MapIndex(key), of.Value))
		size += len(parts[i]) + len(", ")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// SortedKeys returns the keys of a map whose keys are strings, in their order.
func SortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	return keys
}

// Double writes f as Java's Double.toString does, and so AWS: always with a decimal, and with an exponent from 10^7 and
// below 10^-3. What is no number is NaN, Infinity or -Infinity.
func Double(f float64) string {
	if math.IsInf(f, 0) {
		return strings.TrimPrefix(strconv.FormatFloat(f, 'f', -1, 64), "+") + "inity"
	}
	abs := math.Abs(f)
	if f == 0 || math.IsNaN(f) || abs >= 1e-3 && abs < 1e7 {
		return withDecimal(strconv.FormatFloat(f, 'f', -1, 64))
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	n, _ := strconv.Atoi(exponent)
	return withDecimal(mantissa) + "E" + strconv.Itoa(n)
}

func withDecimal(s string) string {
	if strings.ContainsAny(s, ".NI") {
		return s
	}
	return s + ".0"
}
