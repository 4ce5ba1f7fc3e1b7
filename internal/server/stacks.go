package server

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"sluice/internal/alarm"
	"sluice/internal/api/cloudformation"
	"sluice/internal/bucket"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/parameter"
	"sluice/internal/stack"
)

// openStacks builds the service of stacks. It makes resources by the API's operations, so it starts after the API is there.
func (s *Server) openStacks(_ context.Context, cfg Config, r *rooms) error {
	var provider stack.Provider = r.resources
	if cfg.Provider != nil {
		provider = cfg.Provider(provider)
	}
	r.stacks = stack.New(stack.Config{
		Store: r.records, Provider: provider, Expand: expansion{documents{r.buckets}}.expand,
		Parameters: storedParameters{r.parameters}, Alarms: stackAlarms{r.alarms}, Scale: cfg.Scale, Logger: cfg.Logger,
	})
	r.nested.Service = r.stacks
	return nil
}

// startStacks goes on with the operations that were under way.
func (s *Server) startStacks(ctx context.Context, r *rooms) error {
	if err := r.stacks.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the stacks", func(context.Context) error { r.stacks.Close(); return nil })
	return nil
}

// documents reads templates and what they include from buckets. It implements cloudformation.Objects.
type documents struct{ buckets *bucket.Service }

// ReadObject finds a bucket in whatever region it lies, as CloudFormation does.
func (d documents) ReadObject(ctx context.Context, scope function.Scope, name, key, version string, limit int64) ([]byte, error) {
	place := bucket.Place{Scope: scope, Bucket: name}
	object, content, err := d.buckets.Open(ctx, place, key, version)
	var elsewhere *bucket.Elsewhere
	if errors.As(err, &elsewhere) {
		place.Region = elsewhere.Region
		object, content, err = d.buckets.Open(ctx, place, key, version)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	if object.Size > limit {
		return nil, fault.Errorf(fault.TooLarge, "object", "The object is %d bytes long, and %d are allowed.", object.Size, limit)
	}
	return io.ReadAll(io.NewSectionReader(content, 0, object.Size))
}

// template returns the text of a nested stack's template.
func (d documents) template(ctx context.Context, scope function.Scope, url string) (string, error) {
	return cloudformation.ReadTemplate(ctx, d, scope, url, "")
}

// storedParameters looks plain parameters up for templates. It implements stack.Parameters.
type storedParameters struct{ parameters *parameter.Service }

// StackParameter does not open secure values: templates may not show them.
func (p storedParameters) StackParameter(ctx context.Context, scope function.Scope, name string, version int64) (string, error) {
	if version > 0 {
		name += ":" + strconv.FormatInt(version, 10)
	}
	ref, err := parameter.ParseReference(scope, name)
	if err != nil {
		return "", err
	}
	found, err := p.parameters.Get(ctx, ref, false)
	if err == nil && found.Type == parameter.Secure {
		err = fault.Errorf(fault.Invalid, "parameter", "The parameter %s is a SecureString, which templates can't refer to", found.ID.Name)
	}
	return found.Value, err
}

// stackAlarms tells of alarms that roll stacks back. It implements stack.Alarms.
type stackAlarms struct{ alarms *alarm.Service }

// Ringing takes the ARN of an alarm.
func (a stackAlarms) Ringing(ctx context.Context, arn string) (bool, error) {
	parts := strings.SplitN(arn, ":", 7)
	if len(parts) < 7 || parts[2] != "cloudwatch" || parts[5] != "alarm" {
		return false, fault.Errorf(fault.Invalid, "alarm", "%q is the ARN of no alarm", arn)
	}
	found, _, err := a.alarms.Describe(ctx, alarm.Filter{Scope: function.Scope{Region: parts[3], Account: parts[4]}, Names: []string{parts[6]}})
	if err == nil && len(found) == 0 {
		err = fault.Errorf(fault.NotFound, "alarm", "There is no alarm %s", arn)
	}
	return err == nil && found[0].Status.State == alarm.Ringing, err
}
