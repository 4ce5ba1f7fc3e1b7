package openapi

import "strings"

// AddPolicy adds to the API's resource policy who may call a path's methods. Properties are those of SAM's
// ResourcePolicyStatement but for CustomStatements; stage is part of the methods' ARNs.
func (d *Document) AddPolicy(properties *Dict, path string, stage any) error {
	policy, ok := d.policy.(*Dict)
	if !ok {
		return errorf("Resource Policy is not a valid dictionary.")
	}
	methods, err := d.methodARNs(path, stage)
	if err != nil {
		return err
	}
	for _, list := range []struct {
		property string
		effect   Word
	}{{"AwsAccountWhitelist", "Allow"}, {"AwsAccountBlacklist", "Deny"}} {
		if err := addAccounts(policy, properties.Get(list.property), list.effect, methods); err != nil {
			return err
		}
	}
	addAddresses(policy, properties.Get("IpRangeWhitelist"), "NotIpAddress", methods)
	addAddresses(policy, properties.Get("IpRangeBlacklist"), "IpAddress", methods)
	if err := addNetworks(policy, properties, "Blacklist", "StringEquals", methods); err != nil {
		return err
	}
	if err := addNetworks(policy, properties, "Whitelist", "StringNotEquals", methods); err != nil {
		return err
	}
	d.root.Put(policyKey, policy)
	return nil
}

// AddStatements adds statements to the API's resource policy as they are.
func (d *Document) AddStatements(statements any) error {
	policy, ok := d.policy.(*Dict)
	if !ok {
		return errorf("Resource Policy is not a valid dictionary.")
	}
	if policy.Put("Version", Word(policyVersion)).Get("Statement") == nil {
		policy.Put("Statement", statements)
	} else {
		addUnique(policy, asList(statements)...)
	}
	d.root.Put(policyKey, policy)
	return nil
}

const policyVersion = "2012-10-17"

// methodARNs lists what policies call the methods of a path.
func (d *Document) methodARNs(path string, stage any) ([]any, error) {
	items, err := d.path(path)
	if err != nil {
		return nil, err
	}
	var arns []any
	for _, item := range items {
		for _, method := range item.Keys() {
			name := strings.ToUpper(method)
			if methodKey(method) == anyMethod {
				name = "*"
			}
			arns = append(arns, Sub("execute-api:/${__Stage__}/"+name+Wildcards(path), Listed().Put("__Stage__", stage)))
		}
	}
	return arns, nil
}

func statement(effect Word, methods []any) *Dict {
	return NewDict().Put("Effect", effect).Put("Action", Word("execute-api:Invoke")).Put("Resource", methods)
}

func asList(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// addAccounts allows or denies methods to accounts. A first statement stands alone, without a list.
func addAccounts(policy *Dict, accounts any, effect Word, methods []any) error {
	if !Truth(accounts) {
		return nil
	}
	switch accounts.(type) {
	case *Dict, []any:
	default:
		return errorf("Type of '%s' must be a list or dictionary", Message(accounts))
	}
	s := statement(effect, methods).Put("Principal", NewDict().Put("AWS", asList(accounts)))
	if policy.Put("Version", Word(policyVersion)).Get("Statement") == nil {
		policy.Put("Statement", s)
	} else {
		policy.Put("Statement", append(asList(policy.Get("Statement")), s))
	}
	return nil
}

func addAddresses(policy *Dict, addresses any, operator string, methods []any) {
	if Truth(addresses) {
		addDenial(policy, operator, Listed().Put("aws:SourceIp", asList(addresses)), methods)
	}
}

// addNetworks denies methods to VPCs and their endpoints, or to all others.
func addNetworks(policy, properties *Dict, suffix, operator string, methods []any) error {
	literal := properties.Get("SourceVpc" + suffix)
	condition := NewDict()
	add := func(key string, ids ...any) {
		have, _ := condition.Get(key).([]any)
		condition.Put(key, append(have[:len(have):len(have)], ids...))
	}
	if literal != nil {
		ids, ok := literal.([]any)
		for i := 0; ok && i < len(ids); i++ {
			_, ok = Text(ids[i])
		}
		if !ok {
			return errorf("SourceVpc%s must be a list of strings. Use IntrinsicVpc%[1]s instead for values that use Intrinsic Functions", suffix)
		}
		for _, kind := range [...]struct{ prefix, key string }{{"vpc-", "aws:SourceVpc"}, {"vpce-", "aws:SourceVpce"}} {
			for _, id := range ids {
				if s, _ := Text(id); strings.HasPrefix(s, kind.prefix) {
					add(kind.key, id)
				}
			}
		}
	}
	for _, kind := range [...]struct{ property, key string }{{"IntrinsicVpc", "aws:SourceVpc"}, {"IntrinsicVpce", "aws:SourceVpce"}} {
		if ids := properties.Get(kind.property + suffix); ids != nil {
			add(kind.key, asList(ids)...)
		}
	}
	if Truth(condition.Get("aws:SourceVpc")) || Truth(condition.Get("aws:SourceVpce")) {
		addDenial(policy, operator, condition, methods)
	}
	return nil
}

// addDenial allows the methods, and denies them where the condition holds.
func addDenial(policy *Dict, operator string, condition *Dict, methods []any) {
	allow := statement("Allow", methods).Put("Principal", Word("*"))
	deny := statement("Deny", methods).Put("Principal", Word("*")).Put("Condition", Listed().Put(operator, condition))
	if policy.Put("Version", Word(policyVersion)).Get("Statement") == nil {
		policy.Put("Statement", []any{allow, deny})
		return
	}
	addUnique(policy, allow, deny)
}

// addUnique adds statements that are not there yet.
func addUnique(policy *Dict, statements ...any) {
	have := asList(policy.Get("Statement"))
next:
	for _, s := range statements {
		for _, other := range have {
			if Equal(s, other) {
				continue next
			}
		}
		have = append(have[:len(have):len(have)], s)
	}
	policy.Put("Statement", have)
}
