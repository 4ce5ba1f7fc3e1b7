package sam

import "strconv"

// alternatives is how many conditions Fn::Or takes.
const alternatives = 10

// anyCondition adds a condition that holds if any of others does: two at least. Of more than Fn::Or takes, conditions with numbers behind
// the name take ten each and stand for them.
func (t *transform) anyCondition(name string, of []string) {
	for number := (len(of) - 2) / (alternatives - 1); len(of) > 1; number-- {
		combined := name
		if number > 0 {
			combined += strconv.Itoa(number)
		}
		n := min(len(of), alternatives)
		var or []any
		for _, condition := range of[:n] {
			or = append(or, map[string]any{"Condition": condition})
		}
		t.conditions()[combined] = map[string]any{"Fn::Or": or}
		of = append(of[n:len(of):len(of)], combined)
	}
}
