package template

import "strings"

// join is Fn::Join. Members that are AWS::NoValue are left out (recorded: test_join_no_value_construct).
func (e *evaluator) join(arg node) (any, error) {
	delimiter, _ := Scalar(arg.item(0).value)
	list, err := e.members(arg.item(1), joinShape)
	if err != nil {
		return nil, err
	}
	words := make([]string, len(list))
	for i, each := range list {
		word, ok := Scalar(each)
		if !ok {
			return nil, errorAt(arg.item(1).at, joinShape)
		}
		words[i] = word
	}
	return strings.Join(words, delimiter), nil
}

// members evaluates an argument that must be a list.
func (e *evaluator) members(n node, shape string) ([]any, error) {
	value, err := e.value(n)
	if err != nil {
		return nil, err
	}
	list, ok := value.([]any)
	if !ok {
		return nil, errorAt(n.at, "%s", shape)
	}
	return list, nil
}

func (e *evaluator) split(arg node) (any, error) {
	delimiter, _ := Scalar(arg.item(0).value)
	text, err := e.text(arg.item(1), splitShape)
	if err != nil {
		return nil, err
	}
	list := []any{}
	for each := range strings.SplitSeq(text, delimiter) {
		list = append(list, each)
	}
	return list, nil
}

// choose is Fn::Select.
func (e *evaluator) choose(arg node) (any, error) {
	text, err := e.text(arg.item(0), selectShape)
	list, failed := e.members(arg.item(1), selectShape)
	if err := worse(err, failed); err != nil {
		return nil, err
	}
	i, ok := wholeNumber(text)
	if !ok {
		return nil, errorAt(arg.item(0).at, selectShape)
	}
	if i >= len(list) {
		return nil, errorAt(arg.at, "Template error: Fn::Select cannot select nonexistent value at index %d", i)
	}
	return list[i], nil
}
