package server

import (
	"sluice/internal/api/apigateway"
	"sluice/internal/api/apigatewayv2"
	"sluice/internal/api/cloudformation"
	"sluice/internal/api/cloudwatch"
	"sluice/internal/api/codedeploy"
	"sluice/internal/api/iam"
	"sluice/internal/api/lambda"
	logsapi "sluice/internal/api/logs"
	"sluice/internal/api/sluice"
	"sluice/internal/api/ssm"
	"sluice/internal/api/sts"
	"sluice/internal/api/wire"
	"sluice/internal/dashboard"
)

// services are the APIs that one server speaks at one address; S3's, which streams, is beside them.
func (s *Server) services(r *rooms, downloads *lambda.Downloads) []*wire.Service {
	return []*wire.Service{
		lambda.New(lambda.Config{
			Functions: r.functions, Permissions: r.permissions, Layers: r.layers, Events: r.events, Downloads: downloads, Objects: objects{r.buckets},
			URLs: r.urls, Address: r.address.URL,
		}),
		codedeploy.New(r.rollouts),
		sluice.New(r.rollouts),
		logsapi.New(logsapi.Config{Logs: r.logs}),
		cloudwatch.New(cloudwatch.Config{Metrics: r.metrics, Alarms: r.alarms, Dashboards: dashboard.NewService(r.records)}),
		iam.New(iam.Config{Accounts: r.accounts, Keys: r.keys}), sts.New(sts.Config{Accounts: r.accounts, Keys: r.keys}),
		ssm.New(ssm.Config{Parameters: r.parameters}),
		cloudformation.New(cloudformation.Config{Stacks: r.stacks, Types: r.resources, Objects: documents{r.buckets}}),
		apigateway.New(apigateway.Config{APIs: r.restAPIs, Invoke: trials{&r.front}.try}),
		apigatewayv2.New(apigatewayv2.Config{APIs: r.httpAPIs, Endpoint: endpoint(r)}),
	}
}
