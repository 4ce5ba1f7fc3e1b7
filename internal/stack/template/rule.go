package template

import "slices"

// checkRules checks the section Rules (CloudFormation User Guide, "Rules").
func (c *checker) checkRules(root node) *Error {
	if !root.has("Rules") {
		return nil
	}
	section := root.key("Rules")
	names, err := sectionNames(section, "Rules", "Rule", 200)
	if err != nil {
		return err
	}
	for _, name := range names {
		rule := section.member(name)
		if rule.has("RuleCondition") {
			if err := c.boolean(rule.key("RuleCondition"), true); err != nil {
				return err
			}
		}
		assertions := rule.key("Assertions")
		if list, ok := assertions.value.([]any); !ok || len(list) == 0 {
			return errorAt(assertions.at, "Template format error: Every Rules object must contain Assertions.")
		}
		for _, assertion := range assertions.items() {
			if err := c.boolean(assertion.key("Assert"), true); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkAssertions finds a rule that the values of the parameters break.
func checkAssertions(root node, e *evaluator) error {
	section := root.key("Rules")
	for _, name := range section.names() {
		rule := section.member(name)
		if rule.has("RuleCondition") {
			if applies, err := e.boolean(rule.key("RuleCondition")); err != nil || !applies {
				return err
			}
		}
		for _, assertion := range rule.key("Assertions").items() {
			holds, err := e.boolean(assertion.key("Assert"))
			if err != nil {
				return err
			}
			if !holds {
				description, _ := Scalar(assertion.key("AssertDescription").value)
				return errorAt(assertion.at, "Template validation error: Rule %s failed: %s", name, description)
			}
		}
	}
	return nil
}

// ruleFunction is Fn::Contains, Fn::EachMemberEquals or Fn::EachMemberIn.
func (e *evaluator) ruleFunction(name string, arg node) (bool, error) {
	list, err := e.words(arg.item(0), ruleShape(name))
	if err != nil {
		return false, err
	}
	if name == "Fn::EachMemberIn" {
		among, err := e.words(arg.item(1), ruleShape(name))
		return !slices.ContainsFunc(list, func(word string) bool { return !slices.Contains(among, word) }), err
	}
	word, err := e.text(arg.item(1), ruleShape(name))
	if name == "Fn::Contains" {
		return slices.Contains(list, word), err
	}
	return !slices.ContainsFunc(list, func(each string) bool { return each != word }), err
}

// words evaluates an argument that must be a list of texts.
func (e *evaluator) words(n node, shape string) ([]string, error) {
	list, err := e.members(n, shape)
	words := make([]string, len(list))
	for i, each := range list {
		word, ok := Scalar(each)
		if !ok {
			return nil, errorAt(n.at, "%s", shape)
		}
		words[i] = word
	}
	return words, err
}
