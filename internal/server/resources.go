package server

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway"
	"sluice/internal/api/resource/apigatewayv2"
	"sluice/internal/api/resource/cloudformation"
	"sluice/internal/api/resource/cloudwatch"
	"sluice/internal/api/resource/codedeploy"
	"sluice/internal/api/resource/iam"
	"sluice/internal/api/resource/lambda"
	"sluice/internal/api/resource/logs"
	"sluice/internal/api/resource/s3"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/resource/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/signalfile"
	"sluice/internal/stack"
)

// openResources makes ready what stacks make their resources with. The calls work once the API is built, so stacks are
// started after that.
func (s *Server) openResources(_ context.Context, cfg Config, r *rooms) error {
	kept, err := signalfile.Open(filepath.Join(cfg.Data, "signals"))
	if err != nil {
		return err
	}
	r.signals = signal.New(s.url, s.key.Secret, kept)
	call := func(ctx context.Context, from wire.Origin, service, operation string, members map[string]any) (map[string]any, error) {
		return r.api.Call(ctx, from, service, operation, members)
	}
	r.resources = resource.New(resource.Config{Call: call, Logger: cfg.Logger}, r.resourceTypes(cfg)...)
	return nil
}

// resourceTypes are all that there are.
func (r *rooms) resourceTypes(cfg Config) []*resource.Type {
	objects := documents{r.buckets}
	return slices.Concat(
		lambda.Types(&r.nested), iam.Types(), codedeploy.Types(), cloudwatch.Types(), logs.Types(), ssm.Types(), s3.Types(r.buckets),
		apigateway.Types(objects), apigatewayv2.Types(objects),
		cloudformation.Types(cloudformation.Means{
			Stacks: &r.nested, Template: objects.template, Answers: r.signals, Invoke: requests{r.events}.send, Scale: cfg.Scale,
		}),
	)
}

// requests hands what stacks want of custom resources to their functions.
type requests struct{ events *async.Service }

// send accepts an event for a function that is named by its ARN.
func (q requests) send(ctx context.Context, _ wire.Origin, arn string, event []byte) error {
	id, qualifier, err := parseFunction(arn)
	if err != nil {
		return err
	}
	return q.events.Submit(ctx, async.Invocation{Function: id, Qualifier: qualifier, RequestID: uuid.NewString(), Payload: event})
}

// parseFunction reads the ARN of a function, a version or an alias.
func parseFunction(arn string) (id function.ID, qualifier string, err error) {
	parts := strings.SplitN(arn, ":", 8)
	if len(parts) < 7 || parts[2] != "lambda" || parts[5] != "function" {
		return id, "", fault.Errorf(fault.Invalid, "function", "%s is no function's ARN", arn)
	}
	id = function.ID{Scope: function.Scope{Region: parts[3], Account: parts[4]}, Name: parts[6]}
	if len(parts) == 8 {
		qualifier = parts[7]
	}
	return id, qualifier, nil
}

// nested are the stacks in stacks. The service that keeps them is set once there is one.
type nested struct{ *stack.Service }
