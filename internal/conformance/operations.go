package conformance

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/catalog"
	"sluice/internal/client"
)

// Coverage says which operations of a service a server has.
type Coverage struct {
	Service string // as AWS writes it
	// Answered and Missing are names of operations, each list in order. A missing one answers that it is not implemented.
	Answered, Missing []string
}

// Cover asks a server for each operation of each service that Sluice knows by name, with as little in the request as makes
// it one, and reports which answers that it is not implemented. The server should have nothing on it, since operations of S3
// work on what is there: a bucket xxx with an object xxx.
func Cover(ctx context.Context, to *client.Client) ([]Coverage, error) {
	var all []Coverage
	for _, model := range services() {
		c := Coverage{Service: model.Name}
		for i := range model.Operations {
			op := &model.Operations[i]
			if err := prepare(ctx, to, model); err != nil {
				return nil, err
			}
			missing, err := isMissing(ctx, to, &call{model: model, operation: op})
			if err != nil {
				return nil, err
			}
			if missing {
				c.Missing = append(c.Missing, op.Name)
			} else {
				c.Answered = append(c.Answered, op.Name)
			}
		}
		slices.Sort(c.Answered)
		slices.Sort(c.Missing)
		all = append(all, c)
	}
	return all, nil
}

// services are the models with structures and those of the catalog, by name.
func services() []*shape.Model {
	found := catalog.Services()
	for _, model := range models {
		known := func(other *shape.Model) bool { return other.Name == model.Name }
		if !slices.ContainsFunc(found, known) {
			found = append(found, model)
		}
	}
	slices.SortFunc(found, func(a, b *shape.Model) int { return cmp.Compare(a.Name, b.Name) })
	return found
}

// prepare makes what an operation of S3 needs before it says anything of itself.
func prepare(ctx context.Context, to *client.Client, model *shape.Model) error {
	if !model.Speaks(shape.RestXML) {
		return nil
	}
	for _, name := range []string{"CreateBucket", "PutObject"} {
		op, _ := model.Operation(name)
		c := &call{model: model, operation: op, protocol: shape.RestXML}
		if _, err := isMissing(ctx, to, c); err != nil {
			return err
		}
	}
	return nil
}

// isMissing asks for one operation. An answer of any other kind, whatever it says of the request, is one.
func isMissing(ctx context.Context, to *client.Client, c *call) (bool, error) {
	c.speak("")
	m := c.bare()
	request, err := to.Request(ctx, c.model.SigningName, m.method, m.path, m.header, m.body)
	if err != nil {
		return false, err
	}
	response, err := sender(to).Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusInternalServerError && response.StatusCode != http.StatusNotImplemented {
		return false, errors.New(c.model.Name + "." + c.operation.Name + " failed with " + response.Status)
	}
	content, err := io.ReadAll(response.Body)
	if err != nil || succeeded(response.StatusCode) {
		return false, err
	}
	failed, _ := c.failure(response.Header, content)["Error"].(map[string]any)
	code, _ := failed["Code"].(string)
	return strings.HasPrefix(code, "NotImplemented") || code == "MethodNotAllowed", nil
}

// telling are the parameters that tell an operation from another one at its address, where the path does not have them.
var telling = map[string]url.Values{
	"CompleteMultipartUpload": {"uploadId": {"x"}}, "AbortMultipartUpload": {"uploadId": {"x"}}, "ListParts": {"uploadId": {"x"}},
	"UploadPart": {"uploadId": {"x"}, "partNumber": {"1"}}, "UploadPartCopy": {"uploadId": {"x"}, "partNumber": {"1"}},
}

// bare is a request for the operation that says nothing else: its path has "xxx" for each label, which a bucket may be called.
func (c *call) bare() *message {
	switch c.protocol {
	case shape.AWSJSON:
		m, _ := c.targetMessage() // no parameters are always JSON
		m.body = []byte("{}")
		return m
	case shape.Query:
		form := url.Values{"Action": {c.operation.Name}, "Version": {c.model.Version}}
		return &message{method: http.MethodPost, path: "/", body: []byte(form.Encode()),
			header: http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=utf-8"}}}
	}
	labels := map[string]string{}
	for part := range strings.SplitSeq(c.operation.Path, "{") {
		if name, _, ok := strings.Cut(part, "}"); ok {
			labels[strings.TrimSuffix(name, "+")] = "xxx"
		}
	}
	m := &message{method: c.operation.Method, path: expand(c.operation.Path, labels, telling[c.operation.Name]), header: http.Header{}}
	if c.protocol == shape.RestXML {
		m.digest()
	}
	if m.method != http.MethodGet && m.method != http.MethodHead && c.protocol == shape.RestJSON {
		m.body, m.header = []byte("{}"), http.Header{"Content-Type": {"application/json"}}
	}
	return m
}
