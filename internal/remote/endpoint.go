package remote

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// Config says how to reach an endpoint. The zero Config leaves all to the SDK's configuration.
type Config struct {
	// Region wins over the SDK's; empty takes the SDK's.
	Region string
	// Poll is the first pause while an update takes effect; pauses grow to two seconds. Zero means 50 ms.
	Poll time.Duration
	// Follow is how often a log that is followed is read. Zero means every second.
	Follow time.Duration
	// Backoff is the longest pause between two attempts at a call. Zero means 20 seconds.
	Backoff time.Duration
	// Resolution is how exactly invocations are counted by time. Zero means a minute, which is what AWS keeps of Lambda's
	// metrics; a Sluice server can tell seconds apart, which matters where a time scale makes minutes short.
	Resolution time.Duration
}

// Endpoint is a Lambda endpoint and what surrounds it. Many goroutines may use it at once.
type Endpoint struct {
	lambda     *lambda.Client
	codedeploy *codedeploy.Client
	cloudwatch *cloudwatch.Client
	logs       *cloudwatchlogs.Client
	iam        *iam.Client
	sts        *sts.Client
	s3         *s3.Client

	region     string
	address    string
	poll       time.Duration
	follow     time.Duration
	resolution time.Duration
}

var _ release.Endpoint = (*Endpoint)(nil)

// Open reads the SDK's configuration and calls nobody but who gives out credentials. Errors: fault.Invalid "configuration"
// or "region"; fault.Denied "credentials" when there are none.
func Open(ctx context.Context, c Config) (*Endpoint, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(c.Region))
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "configuration", "read the configuration of AWS's SDK: %w", err)
	}
	if cfg.Region == "" {
		return nil, fault.Errorf(fault.Invalid, "region", "no region is set: set AWS_REGION, or region in the environment's settings")
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, fault.Errorf(fault.Denied, "credentials",
			`there are no credentials to sign requests with: set AWS_PROFILE for AWS, or run eval "$(sluice env)" for a Sluice server (%w)`, err)
	}
	patient(&cfg, c.Backoff)
	return connect(cfg, c), nil
}

func connect(cfg aws.Config, c Config) *Endpoint {
	e := &Endpoint{
		lambda:     lambda.NewFromConfig(cfg),
		codedeploy: codedeploy.NewFromConfig(cfg),
		cloudwatch: cloudwatch.NewFromConfig(cfg),
		logs:       cloudwatchlogs.NewFromConfig(cfg),
		iam:        iam.NewFromConfig(cfg),
		sts:        sts.NewFromConfig(cfg),
		s3:         s3.NewFromConfig(cfg, pathStyle),
		region:     cfg.Region,
		poll:       or(c.Poll, 50*time.Millisecond),
		follow:     or(c.Follow, time.Second),
		resolution: or(c.Resolution, time.Minute),
	}
	e.address = aws.ToString(e.lambda.Options().BaseEndpoint)
	return e
}

// or is d, or, if that is no time at all, what it means.
func or(d, meant time.Duration) time.Duration {
	if d <= 0 {
		return meant
	}
	return d
}

// pathStyle keeps buckets out of the host's name where the endpoint is not AWS's: a name below 127.0.0.1 is none.
func pathStyle(o *s3.Options) { o.UsePathStyle = o.BaseEndpoint != nil }

// Region is where the endpoint is.
func (e *Endpoint) Region() string { return e.region }

// Address is the URL that Lambda's requests go to, or empty for AWS's own.
func (e *Endpoint) Address() string { return e.address }
