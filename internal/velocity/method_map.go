package velocity

// mapMethods are those of maps.
var mapMethods = map[string]method{
	"size":    func(_ *run, on any, _ []any) (any, error) { return int64(on.(*Map).Len()), nil },
	"isEmpty": func(_ *run, on any, _ []any) (any, error) { return on.(*Map).Len() == 0, nil },
	"get": func(_ *run, on any, args []any) (any, error) {
		key, _ := word(args, 0)
		return on.(*Map).Get(key), nil
	},
	"getOrDefault": func(_ *run, on any, args []any) (any, error) {
		key, ok := word(args, 0)
		if value, there := on.(*Map).values[key]; there || !ok || len(args) != 2 {
			return value, nil
		}
		return args[1], nil
	},
	"put": mapPut,
	"putAll": func(r *run, on any, args []any) (any, error) {
		if len(args) != 1 {
			return nil, nil
		}
		from, ok := args[0].(*Map)
		if !ok || from == on {
			return nil, nil
		}
		for _, key := range from.keys {
			on.(*Map).Set(key, from.values[key])
		}
		return nil, r.spend(from.Len())
	},
	"remove": func(r *run, on any, args []any) (any, error) {
		key, _ := word(args, 0)
		return on.(*Map).remove(key), r.spend(on.(*Map).Len() / 8)
	},
	"clear": func(_ *run, on any, _ []any) (any, error) {
		on.(*Map).clear()
		return nil, nil
	},
	"containsKey": func(_ *run, on any, args []any) (any, error) {
		key, _ := word(args, 0)
		_, there := on.(*Map).values[key]
		return there, nil
	},
	"containsValue": func(r *run, on any, args []any) (any, error) {
		i, err := r.indexOf(&List{items: itemsOf(on)}, args)
		return i >= 0, err
	},
	"keySet": func(r *run, on any, _ []any) (any, error) {
		keys := &List{}
		for _, key := range on.(*Map).keys {
			keys.items = append(keys.items, key)
		}
		return keys, r.spend(on.(*Map).Len())
	},
	"values": func(r *run, on any, _ []any) (any, error) {
		return &List{items: itemsOf(on)}, r.spend(on.(*Map).Len())
	},
	"entrySet": func(r *run, on any, _ []any) (any, error) {
		entries := &List{}
		for _, key := range on.(*Map).keys {
			entries.items = append(entries.items, entry{key, on.(*Map)})
		}
		return entries, r.spend(on.(*Map).Len())
	},
}

func mapPut(_ *run, on any, args []any) (any, error) {
	key, ok := word(args, 0)
	if !ok || len(args) != 2 {
		return nil, nil
	}
	was := on.(*Map).Get(key)
	on.(*Map).Set(key, args[1])
	return was, nil
}

// entry is a key of a map with its value.
type entry struct {
	key string
	of  *Map
}

func (e entry) property(name string) any {
	switch name {
	case "key":
		return e.key
	case "value":
		return e.of.Get(e.key)
	}
	return nil
}

func (e entry) call(_ *run, name string, args []any) (any, bool, error) { //nolint:unparam // implements object
	switch name {
	case "getKey", "getValue":
		return e.property(getter(name)), true, nil
	case "setValue":
		if len(args) == 1 {
			e.of.Set(e.key, args[0])
		}
		return nil, true, nil
	}
	return nil, false, nil
}
