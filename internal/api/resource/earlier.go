package resource

import "slices"

// Listing is how a service lists what there is, page by page.
type Listing struct {
	Service string // its Model's Name
	Items   string // the answer's member with a page's items
	Next    string // the answer's member that says where the next page begins, if there is one
	From    string // the request's member that takes it
	Limit   int    // how many items a page shall have, in the member limit; 0: the service says
}

// Earlier returns the item of a list that an earlier order made, nil if there is none or the order is the first. in is what
// the operation that lists takes, and is used up.
func (t *Task) Earlier(how Listing, operation string, in Members, ours func(Members) bool) (Members, error) {
	if !t.Repeated {
		return nil, nil
	}
	if how.Limit > 0 {
		in["limit"] = how.Limit
	}
	for {
		out, err := t.Call(how.Service, operation, in)
		if err != nil {
			return nil, err
		}
		items := ListOf(out[how.Items])
		if i := slices.IndexFunc(items, func(each any) bool { return ours(ObjectOf(each)) }); i >= 0 {
			return ObjectOf(items[i]), nil
		}
		if in[how.From] = out[how.Next]; out[how.Next] == nil {
			return nil, nil
		}
	}
}
