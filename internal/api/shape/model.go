package shape

// Protocol is one of AWS's wire protocols, as the API models spell it.
type Protocol string

// The protocols that a model may name.
const (
	RestJSON Protocol = "rest-json"
	AWSJSON  Protocol = "json"
	CBOR     Protocol = "smithy-rpc-v2-cbor"
	Query    Protocol = "query"
	RestXML  Protocol = "rest-xml"
)

// Model is the API of one service. It is read only once published, so any number of goroutines may use it.
type Model struct {
	Name         string     // as AWS prints it in identifiers, such as "Lambda" or "CloudWatch Logs"
	SigningName  string     // the service of a signature's scope, such as "lambda" or "monitoring"
	Version      string     // the API's date, such as "2015-03-31"
	TargetPrefix string     // before the dot of X-Amz-Target, and the service in an rpc-v2-cbor path; may be empty
	JSONVersion  string     // "1.0" or "1.1" where Protocols has AWSJSON
	Namespace    string     // the XML namespace of replies in Query and RestXML
	QueryErrors  bool       // newer protocols tell the code of the old query protocol in x-amzn-query-error
	Protocols    []Protocol // what the service speaks; the model's preference comes first
	Operations   []Operation
}

// Operation is one entry of a service's operation table.
type Operation struct {
	Name   string
	Method string
	// Path is a template such as "/2015-03-31/functions/{FunctionName}/aliases/{Name}". A label may be greedy
	// ("{Key+}"), and a query string that has to be present may follow ("?find=LayerVersion").
	Path string
	// Status is the HTTP status of a success.
	Status int
	// Input and Output are nil pointers of the generated structures' types; nil where there is no such structure.
	Input, Output any
	// Rules is what an Input has to satisfy; nil demands nothing.
	Rules *Constraint
}

// Operation returns the entry called name.
func (m *Model) Operation(name string) (*Operation, bool) {
	for i := range m.Operations {
		if m.Operations[i].Name == name {
			return &m.Operations[i], true
		}
	}
	return nil, false
}

// Speaks reports whether the service offers a protocol.
func (m *Model) Speaks(p Protocol) bool {
	for _, have := range m.Protocols {
		if have == p {
			return true
		}
	}
	return false
}

// Nothing is the output of an operation whose success has no body.
type Nothing struct{}
