package openapi

import "slices"

// Names in a method's security that are no authorizers.
const (
	IAM         = "AWS_IAM"       // requests are signed
	None        = "NONE"          // the method goes without the API's default authorizer
	apiKey      = "api_key"       // requests bring an API key
	withoutKey  = "api_key_false" // the method goes without the API's default of a key
	securityKey = "security"
)

// swaggerFields are keys of paths that are no methods, for Swagger.
var swaggerFields = []string{"summary", "description", "parameters"}

// AddAuthorizers defines authorizers, each by its name.
func (d *Document) AddAuthorizers(definitions *Dict) error {
	security, ok := d.security.(*Dict)
	if !ok {
		return errorf("securityDefinitions must be a dictionary.")
	}
	for e := range definitions.all() {
		security.set(e.key, e.value, e.word)
	}
	return nil
}

// define defines an authorizer unless there is one of that name.
func (d *Document) define(name string, definition *Dict) error {
	security, ok := d.security.(*Dict)
	if !ok {
		return errorf("securityDefinitions must be a dictionary.")
	}
	if !security.Has(name) {
		security.Merge(NewDict().Put(name, definition))
	}
	return nil
}

func (d *Document) defineIAM() error {
	return d.define(IAM, NewDict().Put("x-amazon-apigateway-authtype", Word("awsSigv4")).Put("type", Word("apiKey")).
		Put("name", Word("Authorization")).Put("in", Word("header")))
}

// DefineKey defines the API key as a kind of security.
func (d *Document) DefineKey() error {
	return d.define(apiKey, NewDict().Put("type", Word("apiKey")).Put("name", Word("x-api-key")).Put("in", Word("header")))
}

// securityOf returns a method's security.
func securityOf(d *Dict, path, method string) ([]any, error) {
	value, ok := d.Lookup(securityKey)
	if !ok {
		return nil, nil
	}
	list, ok := value.([]any)
	if !ok {
		return nil, errorf("Type of security for path %s method %s must be a list", path, method)
	}
	return list, nil
}

// split parts a method's security into what names one of the kinds and what does not.
func split(security []any, path, method string, kinds func(string) bool) (with, without []*Dict, err error) {
	for _, item := range security {
		d, ok := item.(*Dict)
		if !ok {
			return nil, nil, errorf("%s in Security for path %s method %s is not a valid dictionary.", Message(item), path, method)
		}
		if anyKey(d, kinds) {
			with = append(with, d)
		} else {
			without = append(without, d)
		}
	}
	return with, without, nil
}

func anyKey(d *Dict, is func(string) bool) bool {
	for key := range d.All() {
		if is(key) {
			return true
		}
	}
	return false
}

func indexOf(list []*Dict, key string) int {
	for i, d := range list {
		if d.Has(key) {
			return i
		}
	}
	return -1
}

func securityList(lists ...[]*Dict) []any {
	var out []any
	for _, list := range lists {
		for _, d := range list {
			out = append(out, d)
		}
	}
	return out
}

// SetDefaultAuthorizer gives the authorizer to all methods but those that have one, or say NONE. Names are all
// authorizers of the API, scopes are the default one's.
func (d *Document) SetDefaultAuthorizer(authorizer string, names []string, scopes any, preflight bool) error {
	known := func(key string) bool { return key == IAM || contains(names, key) }
	for _, path := range d.Paths() {
		definitions, err := d.allDefinitions(path, swaggerFields...)
		if err != nil {
			return err
		}
		for _, m := range definitions {
			if m.method == "options" && !preflight {
				continue
			}
			security, err := securityOf(m.Dict, path, m.method)
			if err != nil {
				return err
			}
			own, others, err := split(security, path, m.method, known)
			if err != nil {
				return err
			}
			if none := indexOf(others, None); none >= 0 {
				others, own = append(others[:none:none], others[none+1:]...), nil
			} else if own == nil {
				own = []*Dict{NewDict().Set(authorizer, scopes)}
			}
			if err := d.setSecurity(m.Dict, securityList(others, own)); err != nil {
				return err
			}
		}
	}
	return nil
}

// setSecurity gives a method its security, if there is some, and defines IAM if it comes first.
func (d *Document) setSecurity(m *Dict, security []any) error {
	if len(security) == 0 {
		return nil
	}
	m.Put(securityKey, security)
	if first, ok := security[0].(*Dict); ok && first.Has(IAM) {
		return d.defineIAM()
	}
	return nil
}

// RequireKey makes all methods ask for an API key but those that say otherwise.
func (d *Document) RequireKey(preflight bool) error {
	keys := func(key string) bool { return key == apiKey || key == withoutKey }
	for _, path := range d.Paths() {
		definitions, err := d.allDefinitions(path, swaggerFields...)
		if err != nil {
			return err
		}
		for _, m := range definitions {
			security, err := securityOf(m.Dict, path, m.method)
			if err != nil {
				return err
			}
			own, others, err := split(security, path, m.method, keys)
			if err != nil {
				return err
			}
			var key []*Dict
			if indexOf(own, withoutKey) < 0 && (m.method != "options" || preflight) {
				key = []*Dict{NewDict().Put(apiKey, []any{})}
			}
			if all := securityList(others, key); !Equal(all, security) {
				m.Put(securityKey, all)
			}
		}
	}
	return nil
}

// SetAuthorizer adds an authorizer, or NONE, to a method. Scopes nil stands for none.
func (d *Document) SetAuthorizer(path, method, authorizer string, scopes any) error {
	definitions, err := d.definitions(path, method)
	if err != nil {
		return err
	}
	if scopes == nil {
		scopes = []any{}
	}
	for _, m := range definitions {
		security, err := securityOf(m, path, method)
		if err != nil {
			return err
		}
		all := slices.Concat(security, []any{NewDict().Set(authorizer, scopes)})
		if err := d.setSecurity(m, all); err != nil {
			return err
		}
	}
	return nil
}

// SetKey makes a method ask for an API key, or says that it does not whatever the API's default.
func (d *Document) SetKey(path, method string, required bool) error {
	definitions, err := d.definitions(path, method)
	if err != nil {
		return err
	}
	name := withoutKey
	if required {
		name = apiKey
	}
	for _, m := range definitions {
		if required {
			if err := d.DefineKey(); err != nil {
				return err
			}
		}
		security, err := securityOf(m, path, method)
		if err != nil {
			return err
		}
		m.Put(securityKey, append(security[:len(security):len(security)], NewDict().Put(name, []any{})))
	}
	return nil
}
