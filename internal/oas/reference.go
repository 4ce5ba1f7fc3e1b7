package oas

import (
	"fmt"
	"strings"
)

// Resolve follows references within a document until something else. It returns nil for what is no object, and says why if
// that is a reference's fault.
func Resolve(root Object, value any) (o Object, why string) {
	reference := ""
	for range MaxDepth {
		o, ok := value.(Object)
		if !ok {
			return nil, ""
		}
		if reference, ok = o["$ref"].(string); !ok {
			return o, ""
		}
		if value, ok = Lookup(root, reference); !ok {
			return nil, fmt.Sprintf("Unable to resolve reference '%s'", reference)
		}
	}
	return nil, fmt.Sprintf("Unable to resolve reference '%s': it leads to itself", reference)
}

// Lookup finds what a reference such as #/components/schemas/Pet leads to; false if there is no such part of the document.
func Lookup(root Object, reference string) (found any, ok bool) {
	path, ok := strings.CutPrefix(reference, "#/")
	if !ok {
		return nil, false
	}
	found = root
	for part := range strings.SplitSeq(path, "/") {
		o, _ := found.(Object)
		if found, ok = o[strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")]; !ok {
			return nil, false
		}
	}
	return found, true
}
