package storetest

import (
	"time"

	"sluice/internal/function"
)

// scope is where the suites keep most of their functions.
var scope = function.Scope{Account: "123456789012", Region: "eu-central-1"}

// when is a time with microseconds, the finest that records keep.
var when = time.Date(2026, 3, 1, 12, 30, 15, 123456000, time.UTC)

// NewFunction returns a function of that name with every field set, in a scope that all such functions share.
func NewFunction(name string) *function.Function {
	id := function.ID{Scope: scope, Name: name}
	f := &function.Function{
		ID: id, Created: when, Published: 7,
		Tags: map[string]string{"team": "payments"}, Recursion: function.RecursionAllowed,
		CodeSigning: NewSigningConfig("csc-0123456789abcdefg").ARN(),
	}
	f.Latest = *NewVersion(id, function.Latest)
	return f
}

// NewVersion returns a version with every field set.
func NewVersion(id function.ID, n function.Number) *function.Version {
	return &function.Version{
		Function: id, Number: n, RevisionID: "revision-" + n.String(), Modified: when.Add(time.Hour),
		Code: function.Code{SHA256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Size: 1 << 40, Unzipped: 1 << 41},
		Config: function.Config{
			Description: "adds up", Role: "arn:aws:iam::123456789012:role/lambda", Runtime: "python3.12",
			Handler: "index.handler", Timeout: 3, Memory: 128, Storage: 512, Architecture: "arm64",
			Environment: map[string]string{"RATE": "7", "EMPTY": ""},
			Layers: []function.Layer{{
				ARN:  "arn:aws:lambda:eu-central-1:123456789012:layer:one:1",
				Code: function.Code{SHA256: "bGF5ZXIgb25lLCBwYWNrZWQgaW50byBhIHppcCBmaWxlIQ==", Size: 1 << 20, Unzipped: 1 << 21},
			}},
			DeadLetter: "arn:aws:sqs:eu-central-1:123456789012:dead",
			LogFormat:  "JSON", LogGroup: "/aws/lambda/" + id.Name, LogLevel: "INFO", SystemLevel: "WARN",
			Tracing: "PassThrough", SnapStart: "None", KMSKey: "key", Subnets: []string{"subnet-1"},
			SecurityGroup: []string{"sg-1", "sg-2"}, IPv6: true, Network: true,
			FileSystems: []function.FileSystem{{ARN: "arn:aws:elasticfilesystem:fs", Path: "/mnt/files"}},
		},
		PublishedDescription: "before",
		Settling:             &function.Settling{Creating: true, Until: when.Add(time.Minute), Revision: "next"},
	}
}

// NewAlias returns an alias with every field set.
func NewAlias(id function.ID, name string) *function.Alias {
	return &function.Alias{
		Function: id, Name: name, Description: "what people call", Version: 1, Additional: 2, Weight: 0.1,
		RevisionID: "alias-revision", Deployment: "d-123456789", Held: []function.Number{1, 2},
	}
}
