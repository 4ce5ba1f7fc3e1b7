package sam

// simpleTable becomes a table of DynamoDB with a key of one attribute.
var simpleTable = kind{
	rank: otherRank,
	properties: []property{
		{name: "PointInTimeRecoverySpecification"}, {name: "PrimaryKey", is: object, of: text},
		{name: "ProvisionedThroughput", is: object, of: integer | object}, {name: "TableName", is: text | object},
		{name: "Tags", is: object}, {name: "SSESpecification", is: object},
	},
	expand: func(t *transform, s *source) ([]*resource, error) {
		name, typ, err := primaryKey(s)
		if err != nil {
			return nil, err
		}
		table := &resource{id: s.id, typ: "AWS::DynamoDB::Table", dependsOn: s.dependsOn, attributes: s.attributes, properties: map[string]any{
			"AttributeDefinitions": []any{map[string]any{"AttributeName": name, "AttributeType": typ}},
			"KeySchema":            []any{map[string]any{"AttributeName": name, "KeyType": "HASH"}},
		}}
		for _, name := range []string{"PointInTimeRecoverySpecification", "ProvisionedThroughput", "SSESpecification", "TableName"} {
			if value := s.properties[name]; truthy(value) {
				table.properties[name] = value
			}
		}
		if table.properties["ProvisionedThroughput"] == nil {
			table.properties["BillingMode"] = "PAY_PER_REQUEST"
		}
		if tags, _ := s.properties["Tags"].(map[string]any); len(tags) > 0 {
			table.properties["Tags"] = t.tagList(tags)
		}
		return []*resource{table}, nil
	},
}

// primaryKey returns the name of the key's attribute and DynamoDB's letter for its type.
func primaryKey(s *source) (name any, typ string, err error) {
	key, _ := s.properties["PrimaryKey"].(map[string]any)
	if len(key) == 0 {
		return "id", "S", nil
	}
	for _, needed := range []string{"Name", "Type"} {
		if key[needed] == nil {
			return nil, "", invalidResource(s.id, "Property 'PrimaryKey.%s' is required.", needed)
		}
	}
	switch key["Type"] {
	case "String":
		return key["Name"], "S", nil
	case "Number":
		return key["Name"], "N", nil
	case "Binary":
		return key["Name"], "B", nil
	}
	return nil, "", invalidResource(s.id, "Invalid 'Type' \"%s\".", str(key["Type"]))
}
