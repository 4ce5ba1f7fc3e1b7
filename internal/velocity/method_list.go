package velocity

import "slices"

// listMethods are those of lists.
var listMethods = map[string]method{
	"size":     func(_ *run, on any, _ []any) (any, error) { return int64(len(on.(*List).items)), nil },
	"length":   func(_ *run, on any, _ []any) (any, error) { return int64(len(on.(*List).items)), nil },
	"isEmpty":  func(_ *run, on any, _ []any) (any, error) { return len(on.(*List).items) == 0, nil },
	"get":      listGet,
	"set":      listSet,
	"add":      listAdd,
	"addAll":   listAddAll,
	"remove":   listRemove,
	"contains": listContains,
	"indexOf":  listIndexOf,
	"subList":  listSub,
	"clear": func(_ *run, on any, _ []any) (any, error) {
		on.(*List).items = nil
		return nil, nil
	},
	"join": listJoin,
}

func listGet(_ *run, on any, args []any) (any, error) {
	if len(args) != 1 {
		return nil, nil
	}
	return at(on, args[0]), nil
}

func listSet(_ *run, on any, args []any) (any, error) {
	l := on.(*List)
	i, ok := whole(args, 0)
	if !ok || len(args) != 2 || i < 0 || i >= len(l.items) {
		return nil, nil
	}
	was := l.items[i]
	l.items[i] = args[1]
	return was, nil
}

// listAdd appends an item, or with an index before it puts it there.
func listAdd(r *run, on any, args []any) (any, error) {
	l := on.(*List)
	if len(args) == 1 {
		l.items = append(l.items, args[0])
		return true, nil
	}
	if i, ok := whole(args, 0); ok && len(args) == 2 && i >= 0 && i <= len(l.items) {
		l.items = slices.Insert(l.items, i, args[1])
	}
	return nil, r.spend(len(l.items) / stepSize)
}

func listAddAll(r *run, on any, args []any) (any, error) {
	if len(args) != 1 {
		return nil, nil
	}
	more := itemsOf(args[0])
	l := on.(*List)
	l.items = append(l.items, more...)
	return len(more) > 0, r.spend(len(more))
}

// listRemove removes by index, and everything but a number by value.
func listRemove(r *run, on any, args []any) (any, error) {
	l := on.(*List)
	if i, ok := whole(args, 0); ok {
		if i < 0 || i >= len(l.items) {
			return nil, nil
		}
		was := l.items[i]
		l.items = slices.Delete(l.items, i, i+1)
		return was, r.spend(len(l.items) / stepSize)
	}
	i, err := r.indexOf(l, args)
	if err != nil || i < 0 {
		return false, err
	}
	l.items = slices.Delete(l.items, i, i+1)
	return true, nil
}

func listContains(r *run, on any, args []any) (any, error) {
	i, err := r.indexOf(on.(*List), args)
	return i >= 0, err
}

func listIndexOf(r *run, on any, args []any) (any, error) {
	i, err := r.indexOf(on.(*List), args)
	return int64(i), err
}

func (r *run) indexOf(l *List, args []any) (int, error) {
	if len(args) != 1 {
		return -1, nil
	}
	for i, item := range l.items {
		if err := r.spend(1); err != nil {
			return -1, err
		}
		same, err := r.equal(item, args[0])
		if err != nil {
			return -1, err
		}
		if same {
			return i, nil
		}
	}
	return -1, nil
}

func listSub(r *run, on any, args []any) (any, error) {
	l := on.(*List)
	from, ok := whole(args, 0)
	to, okay := whole(args, 1)
	if !ok || !okay || from < 0 || to < from || to > len(l.items) {
		return nil, nil
	}
	return &List{items: slices.Clone(l.items[from:to]), json: l.json}, r.spend(to - from)
}

func listJoin(r *run, on any, args []any) (any, error) {
	separator, _ := word(args, 0)
	joined := ""
	for i, item := range on.(*List).items {
		text, err := r.text(item)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			joined += separator
		}
		if joined, err = r.made(joined + text); err != nil {
			return nil, err
		}
	}
	return joined, nil
}
