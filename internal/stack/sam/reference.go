package sam

import "strings"

// settleReferences makes references follow what the expansion made: to resources that got another logical ID, and to those
// that a property of a given resource stands for (!Ref Function.Version, ${Function.Alias.Arn}).
func (t *transform) settleReferences() {
	if len(t.renamed) == 0 && len(t.references) == 0 {
		return
	}
	rewrite(t.template, func(value any) any {
		m, ok := value.(map[string]any)
		if !ok {
			return value
		}
		t.renameDependsOn(m)
		if len(m) != 1 {
			return value
		}
		return t.settle(m)
	})
}

func (t *transform) renameDependsOn(m map[string]any) {
	switch on := m["DependsOn"].(type) {
	case string:
		if id, ok := t.renamed[on]; ok {
			m["DependsOn"] = id
		}
	case []any:
		for i, member := range on {
			s, _ := member.(string)
			if id, ok := t.renamed[s]; ok {
				on[i] = id
			}
		}
	}
}

// settle changes a Ref, Fn::GetAtt or Fn::Sub. A Ref makes a new node: the old one may stand elsewhere, too.
func (t *transform) settle(m map[string]any) any {
	if name, ok := m["Ref"].(string); ok {
		if settled := t.settled(name, true); settled != name {
			return ref(settled)
		}
		return m
	}
	if path, ok := m["Fn::GetAtt"].([]any); ok {
		t.settleGetAtt(m, path)
		return m
	}
	substitute(m, func(name string) (string, bool) { return "${" + t.settled(name, false) + "}", true })
	return m
}

// settled returns the path that stands for another one. The whole of it has to be the logical ID or a property of it, if
// asked for.
func (t *transform) settled(path string, whole bool) string {
	id, rest, dotted := strings.Cut(path, ".")
	if renamed, ok := t.renamed[id]; ok && (!whole || !dotted) {
		id = renamed
	}
	if !dotted {
		return id
	}
	property, further, more := strings.Cut(rest, ".")
	if made, ok := t.references[id][property]; ok {
		switch {
		case !more:
			return made
		case !whole:
			return made + "." + further
		}
	}
	return id + "." + rest
}

// settleGetAtt takes a path's parts as one: tools cut "Function.Alias.Arn" at its first point.
func (t *transform) settleGetAtt(m map[string]any, parts []any) {
	if len(parts) < 2 {
		return
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		s, ok := part.(string)
		if !ok {
			return
		}
		texts[i] = s
	}
	path := strings.Join(texts, ".")
	settled := t.settled(path, false)
	if settled == path {
		return
	}
	var split []any
	for part := range strings.SplitSeq(settled, ".") {
		split = append(split, part)
	}
	m["Fn::GetAtt"] = split
}
