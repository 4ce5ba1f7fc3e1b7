package resource

import (
	"maps"
	"slices"

	"sluice/internal/stack"
)

// httpStage is AWS::ApiGatewayV2::Stage. Its Ref is the stage's name.
func httpStage() *resource {
	settings := func() *stack.Property {
		return object(fields{
			"DataTraceEnabled": flag(kept), "DetailedMetricsEnabled": flag(kept), "LoggingLevel": text(kept),
			"ThrottlingBurstLimit": whole(), "ThrottlingRateLimit": number(),
		})
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Stage",
			Properties: fields{
				"AccessLogSettings": object(fields{"DestinationArn": text(), "Format": text()}), "AccessPolicyId": text(kept), "ApiId": text(required, replaces),
				"AutoDeploy": flag(), "ClientCertificateId": text(kept), "DefaultRouteSettings": settings(), "DeploymentId": text(), "Description": text(),
				"RouteSettings": table(settings()), "StageName": text(required, replaces), "StageVariables": table(text()), "Tags": table(text()),
			},
		},
		create: createHTTPStage, find: adoptHTTPStage, update: updateHTTPStage,
		delete: func(t *task) error {
			_, err := t.http("DeleteStage", t.inHTTPAPI(members{"StageName": t.PhysicalID}))
			return err
		},
	}
}

func createHTTPStage(t *task) (*stack.Made, error) {
	in := t.lowered("AccessLogSettings", "AutoDeploy", "ClientCertificateId", "DefaultRouteSettings", "DeploymentId", "Description", "RouteSettings",
		"StageName", "StageVariables")
	_, err := t.http("CreateStage", with(t.inHTTPAPI(in), members{"tags": tagMap(t.tags())}))
	return unless(err, &stack.Made{PhysicalID: t.text("StageName")})
}

// adoptHTTPStage finds the stage that an earlier order made: one operation makes all of it.
func adoptHTTPStage(t *task) (*stack.Made, error) {
	_, err := t.http("GetStage", t.inHTTPAPI(members{"StageName": t.text("StageName")}))
	return unless(err, &stack.Made{PhysicalID: t.text("StageName")})
}

func updateHTTPStage(t *task) (*stack.Made, error) {
	key := t.inHTTPAPI(members{"StageName": t.PhysicalID})
	if err := t.dropStageParts(key); err != nil {
		return nil, err
	}
	in := with(maps.Clone(key), members{"autoDeploy": false, "clientCertificateId": "", "defaultRouteSettings": members{}, "description": ""})
	with(in, t.lowered("AccessLogSettings", "AutoDeploy", "ClientCertificateId", "DefaultRouteSettings", "Description", "RouteSettings"))
	if t.changed("DeploymentId") && t.has("DeploymentId") {
		in["deploymentId"] = t.text("DeploymentId")
	}
	if variables := renewed(t.Old["StageVariables"], t.Properties["StageVariables"]); len(variables) > 0 {
		in["stageVariables"] = variables
	}
	if _, err := t.http("UpdateStage", in); err != nil {
		return nil, err
	}
	return unchanged(t), t.retag(httpAPITags, members{"ResourceArn": t.gatewayARN("apis/" + t.text("ApiId") + "/stages/" + t.PhysicalID)})
}

// dropStageParts takes away what the template gives no more and an update can't.
func (t *task) dropStageParts(key members) error {
	if len(objectOf(t.Old["AccessLogSettings"])) > 0 && !t.has("AccessLogSettings") {
		if _, err := t.http("DeleteAccessLogSettings", maps.Clone(key)); err != nil && classify(err) != notFound {
			return err
		}
	}
	now := objectOf(t.Properties["RouteSettings"])
	for _, route := range slices.Sorted(maps.Keys(objectOf(t.Old["RouteSettings"]))) {
		if now[route] != nil {
			continue
		}
		if _, err := t.http("DeleteRouteSettings", with(maps.Clone(key), members{"RouteKey": route})); err != nil && classify(err) != notFound {
			return err
		}
	}
	return nil
}
