package apigatewayv2

import (
	"maps"
	"slices"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// stage is AWS::ApiGatewayV2::Stage. Its Ref is the stage's name.
func stage() *resource.Type {
	settings := func() *stack.Property {
		return schema.Object(schema.Fields{
			"DataTraceEnabled": schema.Boolean(schema.Kept), "DetailedMetricsEnabled": schema.Boolean(schema.Kept), "LoggingLevel": schema.String(schema.Kept),
			"ThrottlingBurstLimit": schema.Integer(), "ThrottlingRateLimit": schema.Number(),
		})
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Stage",
			Properties: schema.Fields{
				"AccessLogSettings": schema.Object(schema.Fields{"DestinationArn": schema.String(), "Format": schema.String()}), "AccessPolicyId": schema.String(schema.Kept), "ApiId": schema.String(schema.Required, schema.Replaces),
				"AutoDeploy": schema.Boolean(), "ClientCertificateId": schema.String(schema.Kept), "DefaultRouteSettings": settings(), "DeploymentId": schema.String(), "Description": schema.String(),
				"RouteSettings": schema.Map(settings()), "StageName": schema.String(schema.Required, schema.Replaces), "StageVariables": schema.Map(schema.String()), "Tags": schema.Map(schema.String()),
			},
		},
		Create: createStage, Find: adoptStage, Update: updateStage,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteStage", inAPI(t, members{"StageName": t.PhysicalID}))
			return err
		},
	}
}

func createStage(t *task) (*stack.Made, error) {
	in := t.Lowered("AccessLogSettings", "AutoDeploy", "ClientCertificateId", "DefaultRouteSettings", "DeploymentId", "Description", "RouteSettings",
		"StageName", "StageVariables")
	_, err := call(t, "CreateStage", resource.With(inAPI(t, in), members{"tags": resource.TagMap(t.Tags())}))
	return resource.Unless(err, &stack.Made{PhysicalID: t.Text("StageName")})
}

// adoptStage finds the stage that an earlier order made: one operation makes all of it.
func adoptStage(t *task) (*stack.Made, error) {
	_, err := call(t, "GetStage", inAPI(t, members{"StageName": t.Text("StageName")}))
	return resource.Unless(err, &stack.Made{PhysicalID: t.Text("StageName")})
}

func updateStage(t *task) (*stack.Made, error) {
	key := inAPI(t, members{"StageName": t.PhysicalID})
	if err := dropStageParts(t, key); err != nil {
		return nil, err
	}
	in := resource.With(maps.Clone(key), members{"autoDeploy": false, "clientCertificateId": "", "defaultRouteSettings": members{}, "description": ""})
	resource.With(in, t.Lowered("AccessLogSettings", "AutoDeploy", "ClientCertificateId", "DefaultRouteSettings", "Description", "RouteSettings"))
	if t.Changed("DeploymentId") && t.Has("DeploymentId") {
		in["deploymentId"] = t.Text("DeploymentId")
	}
	if variables := renewed(t.Old["StageVariables"], t.Properties["StageVariables"]); len(variables) > 0 {
		in["stageVariables"] = variables
	}
	if _, err := call(t, "UpdateStage", in); err != nil {
		return nil, err
	}
	return resource.Unchanged(t), t.Retag(tagging, members{"ResourceArn": arn(t, "apis/"+t.Text("ApiId")+"/stages/"+t.PhysicalID)})
}

// dropStageParts takes away what the template gives no more and an update can't.
func dropStageParts(t *task, key members) error {
	if len(resource.ObjectOf(t.Old["AccessLogSettings"])) > 0 && !t.Has("AccessLogSettings") {
		if _, err := call(t, "DeleteAccessLogSettings", maps.Clone(key)); err != nil && !resource.Gone(err) {
			return err
		}
	}
	now := resource.ObjectOf(t.Properties["RouteSettings"])
	for _, route := range slices.Sorted(maps.Keys(resource.ObjectOf(t.Old["RouteSettings"]))) {
		if now[route] != nil {
			continue
		}
		if _, err := call(t, "DeleteRouteSettings", resource.With(maps.Clone(key), members{"RouteKey": route})); err != nil && !resource.Gone(err) {
			return err
		}
	}
	return nil
}
