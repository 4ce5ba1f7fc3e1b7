package s3

import (
	"encoding/xml"
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// namespace is that of S3's documents.
const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// part is a property of a bucket as S3's document spells it: an element, or one for each item of a list. A part without parts is
// a text.
type part struct {
	property string
	element  string // "Wrapper>Name" for what has an element around it
	list     bool
	required bool
	parts    []part
}

// document is a property of a bucket that S3 keeps, and shows, as a document of its own.
type document struct {
	setting string // the parameter that asks for it
	root    string
	parts   []part
}

// documents are those that buckets of stacks have, by property (the pages of AWS::S3::Bucket and of the API's data types).
// They have no effect beyond being shown.
var documents = map[string]document{
	"CorsConfiguration": {"cors", "CORSConfiguration", []part{{"CorsRules", "CORSRule", true, true, []part{
		{property: "Id", element: "ID"}, {property: "MaxAge", element: "MaxAgeSeconds"},
		{property: "AllowedHeaders", element: "AllowedHeader", list: true}, {property: "ExposedHeaders", element: "ExposeHeader", list: true},
		{property: "AllowedMethods", element: "AllowedMethod", list: true, required: true},
		{property: "AllowedOrigins", element: "AllowedOrigin", list: true, required: true},
	}}}},
	"WebsiteConfiguration": {"website", "WebsiteConfiguration", []part{
		{property: "IndexDocument", element: "IndexDocument>Suffix"}, {property: "ErrorDocument", element: "ErrorDocument>Key"},
		{property: "RedirectAllRequestsTo", element: "RedirectAllRequestsTo", parts: same("HostName", "Protocol")},
		{property: "RoutingRules", element: "RoutingRules>RoutingRule", list: true, parts: []part{
			{property: "RoutingRuleCondition", element: "Condition", parts: same("HttpErrorCodeReturnedEquals", "KeyPrefixEquals")},
			{"RedirectRule", "Redirect", false, true, same("HostName", "HttpRedirectCode", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith")},
		}},
	}},
	"PublicAccessBlockConfiguration": {"publicAccessBlock", "PublicAccessBlockConfiguration",
		same("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")},
	"OwnershipControls": {"ownershipControls", "OwnershipControls", []part{{"Rules", "Rule", true, true, same("ObjectOwnership")}}},
}

// same are parts whose elements are called as their properties.
func same(names ...string) (all []part) {
	for _, name := range names {
		all = append(all, part{property: name, element: name})
	}
	return all
}

// schema describes a part as a property.
func (p part) schema() *stack.Property {
	described := schema.String()
	if p.parts != nil {
		described = schema.Object(fieldsOf(p.parts))
	}
	if p.list {
		described = schema.List(described)
	}
	described.Required = p.required
	return described
}

func fieldsOf(parts []part) schema.Fields {
	f := schema.Fields{}
	for _, p := range parts {
		f[p.property] = p.schema()
	}
	return f
}

// text is the document of a property's value; empty if the template gives none.
func (d document) text(value any) string {
	if value == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(xml.Header + "<" + d.root + ` xmlns="` + namespace + `">`)
	write(&b, d.parts, resource.ObjectOf(value))
	b.WriteString("</" + d.root + ">")
	return b.String()
}

func write(b *strings.Builder, parts []part, from members) {
	for _, p := range parts {
		value := from[p.property]
		if value == nil {
			continue
		}
		wrapper, element, wrapped := strings.Cut(p.element, ">")
		if !wrapped {
			element = p.element
		} else {
			b.WriteString("<" + wrapper + ">")
		}
		items := []any{value}
		if p.list {
			items = resource.ListOf(value)
		}
		for _, item := range items {
			b.WriteString("<" + element + ">")
			if p.parts != nil {
				write(b, p.parts, resource.ObjectOf(item))
			} else {
				_ = xml.EscapeText(b, []byte(resource.TextOf(item))) // a strings.Builder takes all
			}
			b.WriteString("</" + element + ">")
		}
		if wrapped {
			b.WriteString("</" + wrapper + ">")
		}
	}
}

// tagging is the document of a bucket's tags.
var tagging = document{"tagging", "Tagging", []part{{property: "Tags", element: "TagSet>Tag", list: true, parts: same("Key", "Value")}}}
