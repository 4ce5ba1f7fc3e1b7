package velocity

import (
	"cmp"
	"math"
	"strings"
)

// value implements expression.
func (o *operation) value(r *run) (any, error) {
	left, err := o.left.value(r)
	if err != nil {
		return nil, err
	}
	switch o.operator { // the right side of these may not be asked
	case "||", "or":
		if truth(left) {
			return true, nil
		}
	case "&&", "and":
		if !truth(left) {
			return false, nil
		}
	}
	right, err := o.right.value(r)
	if err != nil {
		return nil, err
	}
	return r.calculate(o.operator, left, right)
}

func (r *run) calculate(operator string, left, right any) (any, error) {
	switch operator {
	case "||", "or", "&&", "and":
		return truth(right), nil
	case "==", "eq":
		return r.equal(left, right)
	case "!=", "ne":
		same, err := r.equal(left, right)
		return !same, err
	case "+":
		if isText(left) || isText(right) {
			return r.concatenate(left, right)
		}
	case "<", "lt", ">", "gt", "<=", "le", ">=", "ge":
		return compare(operator, left, right), r.spend(shorter(left, right) / stepSize)
	}
	return arithmetic(operator, left, right), nil
}

func isText(value any) bool {
	_, ok := value.(string)
	return ok
}

func (r *run) concatenate(left, right any) (any, error) {
	a, err := r.text(left)
	if err != nil {
		return nil, err
	}
	b, err := r.text(right)
	if err != nil {
		return nil, err
	}
	return r.made(a + b)
}

// equal compares numbers by their value and everything else by its text. Nothing equals nothing and the empty text: templates
// ask $input.path for what is not there in both ways.
func (r *run) equal(left, right any) (bool, error) {
	if left == nil || right == nil {
		return (left == nil || left == "") && (right == nil || right == ""), nil
	}
	a, isNumber := float(left)
	b, isToo := float(right)
	if isNumber && isToo {
		return a == b, nil
	}
	one, err := r.text(left)
	if err != nil {
		return false, err
	}
	other, err := r.text(right)
	if err != nil {
		return false, err
	}
	return one == other, r.spend(min(len(one), len(other)) / stepSize)
}

// shorter is the length of the shorter of two texts, 0 for others.
func shorter(left, right any) int {
	a, _ := left.(string)
	b, _ := right.(string)
	return min(len(a), len(b))
}

// compare orders numbers, and texts as Java does. Others have no order: nothing holds.
func compare(operator string, left, right any) bool {
	var order int
	a, isNumber := float(left)
	b, isToo := float(right)
	switch {
	case isNumber && isToo:
		order = cmp.Compare(a, b)
	case isText(left) && isText(right):
		order = strings.Compare(left.(string), right.(string))
	default:
		return false
	}
	switch operator {
	case "<", "lt":
		return order < 0
	case ">", "gt":
		return order > 0
	case "<=", "le":
		return order <= 0
	}
	return order >= 0
}

func float(value any) (float64, bool) {
	switch v := value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// arithmetic calculates with whole numbers if both are. What can't be calculated, such as a division by zero, is nothing.
func arithmetic(operator string, left, right any) any {
	a, whole := left.(int64)
	b, too := right.(int64)
	if whole && too {
		return integral(operator, a, b)
	}
	x, isNumber := float(left)
	y, isToo := float(right)
	if !isNumber || !isToo {
		return nil
	}
	switch operator {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	}
	if y == 0 {
		return nil
	}
	if operator == "%" {
		return math.Mod(x, y)
	}
	return x / y
}

func integral(operator string, a, b int64) any {
	switch operator {
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	}
	switch {
	case b == 0:
		return nil
	case b == -1: // the smallest number has no counterpart
		if operator == "%" {
			return int64(0)
		}
		return -a
	case operator == "%":
		return a % b
	}
	return a / b
}
