package restapi

import (
	"maps"
	"mime"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

// Integration returns a method's integration.
func (d *Definition) Integration(resource, httpMethod string) (*Integration, error) {
	m, err := d.Method(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	if m.Integration == nil {
		return nil, absent("Integration")
	}
	return m.Integration, nil
}

// PutIntegration gives a method an integration, in place of the one that it has. What is not given is as AWS's default. The
// integration's own parts are checked first, then whether the method is there (recordings test_put_integration_wrong_type and
// test_put_integration_response_validation).
func (d *Definition) PutIntegration(resource, httpMethod string, i Integration) (*Integration, error) {
	if err := i.complete(resource); err != nil {
		return nil, err
	}
	m, err := d.Method(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	m.Integration = &i
	return &i, nil
}

// complete checks an integration and fills in the defaults.
func (i *Integration) complete(resource string) error {
	if i.Type == MockIntegration {
		i.URI, i.HTTPMethod = "", "" // recording test_integration_mock_with_path_param
	}
	if i.Passthrough == "" {
		i.Passthrough = PassWhenNoMatch
	}
	if i.Timeout == 0 {
		i.Timeout = MaxTimeout
	}
	if i.CacheNamespace == "" {
		i.CacheNamespace = resource
	}
	if i.ConnectionType == "" && (i.Type == HTTPIntegration || i.Type == HTTPProxy) {
		i.ConnectionType = "INTERNET"
	}
	return i.check()
}

func (i *Integration) check() error {
	if err := i.checkTarget(); err != nil {
		return err
	}
	if !slices.Contains([]string{PassWhenNoMatch, PassWhenNoTemplates, PassNever}, i.Passthrough) {
		return bad("Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER")
	}
	if i.Timeout < minTimeout || i.Timeout > MaxTimeout {
		return bad("Timeout should be between %d ms and %d ms", minTimeout, MaxTimeout)
	}
	for _, name := range slices.Sorted(maps.Keys(i.Parameters)) {
		if !integrationParameter().MatchString(name) {
			return badExpression(name)
		}
		if value := i.Parameters[name]; !requestSource().MatchString(value) {
			return badExpression(value)
		}
	}
	return checkContentTypes(i.Templates)
}

var (
	integrationParameter = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^integration\.request\.(header|path|querystring|multivalueheader|multivaluequerystring)\.[^.\s]\S*$`)
	})
	requestSource = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(method\.request\.(header|path|querystring|multivalueheader|multivaluequerystring)\.\S+|method\.request\.body(\..+|\[.+)?|(stageVariables|context)\.\S+|'.*')$`)
	})
	responseSource = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(integration\.response\.(header|multivalueheader)\.\S+|integration\.response\.body(\..+|\[.+)?|(stageVariables|context)\.\S+|'.*')$`)
	})
)

func (i *Integration) checkTarget() error {
	if i.Type == MockIntegration {
		return nil
	}
	if !slices.Contains([]string{AWSIntegration, AWSProxy, HTTPIntegration, HTTPProxy}, i.Type) {
		return bad("Invalid integration type specified: %s", i.Type)
	}
	if i.HTTPMethod == "" {
		return bad("Enumeration value for HttpMethod must be non-empty")
	}
	if i.Type == HTTPIntegration || i.Type == HTTPProxy {
		if !strings.HasPrefix(i.URI, "http://") && !strings.HasPrefix(i.URI, "https://") {
			return bad("Invalid HTTP endpoint specified for URI")
		}
		return nil
	}
	t, err := executeapi.ParseTarget(i.URI)
	if err != nil {
		return err
	}
	if i.Type == AWSProxy && t.Function() == "" {
		return bad("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")
	}
	return nil
}

func checkContentTypes(templates map[string]string) error {
	for _, kind := range slices.Sorted(maps.Keys(templates)) {
		if parsed, _, err := mime.ParseMediaType(kind); kind != "$default" && (err != nil || !strings.Contains(parsed, "/")) {
			return bad("Validation Result: warnings : [], errors : [Invalid content type specified: %s]", kind)
		}
	}
	return nil
}

// UpdateIntegration changes a method's integration.
func (d *Definition) UpdateIntegration(resource, httpMethod string, patches []Patch) (*Integration, error) {
	i, err := d.Integration(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	err = apply(patches, badPath,
		text("/type", replaced, &i.Type), text("/httpMethod", replaced, &i.HTTPMethod), text("/uri", replaced, &i.URI),
		text("/credentials", replaced, &i.Credentials), text("/passthroughBehavior", replaced, &i.Passthrough),
		text("/contentHandling", replaced, &i.ContentHandling), text("/connectionType", replaced, &i.ConnectionType),
		text("/connectionId", replaced, &i.ConnectionID), text("/cacheNamespace", replaced, &i.CacheNamespace),
		text("/responseTransferMode", replaced, &i.Transfer),
		entries("/requestParameters", any3, &i.Parameters), entries("/requestTemplates", any3, &i.Templates), names("/cacheKeyParameters", &i.CacheKeys),
		field{"/timeoutInMillis", replaced, func(p *Patch, _ string) (err error) {
			i.Timeout, err = p.number()
			return err
		}},
		field{"/tlsConfig/insecureSkipVerification", replaced, func(p *Patch, _ string) error {
			i.Insecure = new(truth(p))
			return nil
		}})
	if err != nil {
		return nil, err
	}
	return i, i.check()
}

// DeleteIntegration takes a method's integration away.
func (d *Definition) DeleteIntegration(resource, httpMethod string) error {
	if _, err := d.Integration(resource, httpMethod); err != nil {
		return err
	}
	m, _ := d.Method(resource, httpMethod)
	m.Integration = nil
	return nil
}

// IntegrationResponse returns what an integration makes of a status.
func (d *Definition) IntegrationResponse(resource, httpMethod, status string) (*IntegrationResponse, error) {
	i, err := d.Integration(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	if i.Responses[status] == nil {
		return nil, noStatus()
	}
	return i.Responses[status], nil
}

// PutIntegrationResponse says what becomes of answers, in place of what was said for the same status.
func (d *Definition) PutIntegrationResponse(resource, httpMethod string, r IntegrationResponse) (*IntegrationResponse, error) {
	i, err := d.Integration(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if i.Responses == nil {
		i.Responses = map[string]*IntegrationResponse{}
	}
	i.Responses[r.Status] = &r
	return &r, nil
}

func (r *IntegrationResponse) check() error {
	if r.Selection != nil {
		if _, err := regexp.Compile(*r.Selection); err != nil {
			return bad("Invalid selection pattern specified: %s", *r.Selection)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		if header, ok := strings.CutPrefix(name, "method.response.header."); !ok || header == "" {
			return badExpression(name)
		}
		if value := r.Parameters[name]; !responseSource().MatchString(value) {
			return badExpression(value)
		}
	}
	return checkContentTypes(r.Templates)
}

// UpdateIntegrationResponse changes what becomes of answers.
func (d *Definition) UpdateIntegrationResponse(resource, httpMethod, status string, patches []Patch) (*IntegrationResponse, error) {
	r, err := d.IntegrationResponse(resource, httpMethod, status)
	if fault.Is(err, fault.NotFound, "response") {
		err = absent("Integration Response")
	}
	if err != nil {
		return nil, err
	}
	err = apply(patches, badPath,
		field{"/selectionPattern", replaced, func(p *Patch, _ string) error { r.Selection = p.Value; return nil }},
		text("/contentHandling", replaced, &r.ContentHandling),
		entries("/responseParameters", any3, &r.Parameters), entries("/responseTemplates", any3, &r.Templates))
	if err != nil {
		return nil, err
	}
	return r, r.check()
}

// DeleteIntegrationResponse takes away what becomes of answers with a status.
func (d *Definition) DeleteIntegrationResponse(resource, httpMethod, status string) error {
	_, err := d.IntegrationResponse(resource, httpMethod, status)
	if fault.Is(err, fault.NotFound, "Method") {
		return absent("Integration") // recording test_delete_integration_response_errors
	}
	if err != nil {
		return err
	}
	i, _ := d.Integration(resource, httpMethod)
	delete(i.Responses, status)
	return nil
}
