"""The life of applications, groups, configurations and deployments, with boto3 and with the AWS CLI as people type it."""

import datetime
import hashlib
import json
import re
import time

import botocore.exceptions
import pytest
from conftest import ROLE, eventually, package

HANDLER = "def handler(event, context):\n    return context.function_version\n"
STYLE = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}
CONFIGURATION = ("The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration "
                 "is missing or has an invalid configuration.")


@pytest.fixture(scope="module")
def application(deployments):
    out = deployments.create_application(applicationName="app", computePlatform="Lambda")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", out["applicationId"])
    return "app"


@pytest.fixture(scope="module")
def slow(deployments):
    """A configuration whose first shift lasts for a minute of ours."""
    deployments.create_deployment_config(
        deploymentConfigName="Canary20Percent60Minutes", computePlatform="Lambda",
        trafficRoutingConfig={"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 20, "canaryInterval": 60}})
    return "Canary20Percent60Minutes"


@pytest.fixture
def group(deployments, application, request):
    """A group of the test's name."""
    name = re.sub(r"\W", "-", request.node.name)[:100]
    deployments.create_deployment_group(
        applicationName=application, deploymentGroupName=name, serviceRoleArn=ROLE, deploymentStyle=STYLE)
    return name


@pytest.fixture
def function(functions, request):
    """A function of the test's name with versions 1 and 2, whose alias live points to 1."""
    name = re.sub(r"\W", "-", request.node.name)[:64]
    functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"ZipFile": package({"index.py": HANDLER})})
    functions.publish_version(FunctionName=name)
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    functions.update_function_configuration(FunctionName=name, Description="another")
    assert functions.publish_version(FunctionName=name)["Version"] == "2"
    return name


def spec(function, current="1", target="2", alias="live"):
    return {"version": 0.0, "Resources": [{"f": {"Type": "AWS::Lambda::Function", "Properties": {
        "Name": function, "Alias": alias, "CurrentVersion": current, "TargetVersion": target}}}]}


def revision(content):
    return {"revisionType": "AppSpecContent",
            "appSpecContent": {"content": content if isinstance(content, str) else json.dumps(content)}}


def deploy(deployments, group, content, config="CodeDeployDefault.LambdaAllAtOnce", **more):
    return deployments.create_deployment(
        applicationName="app", deploymentGroupName=group, deploymentConfigName=config, revision=revision(content),
        **more)["deploymentId"]


def info(deployments, deployment):
    return deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]


def succeed(deployments, deployment):
    deployments.get_waiter("deployment_successful").wait(
        deploymentId=deployment, WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})
    return info(deployments, deployment)


def fail(deployments, deployment):
    """Waits as SDKs do, which gives up at the failure and not before."""
    with pytest.raises(botocore.exceptions.WaiterError) as failed:
        succeed(deployments, deployment)
    assert failed.value.last_response["deploymentInfo"]["status"] in ("Failed", "Stopped")
    return failed.value.last_response["deploymentInfo"]


def shifted(functions, function, weight):
    """Waits until the alias has the weight."""
    eventually(lambda: weights(functions, function) == {"2": weight})


def weights(functions, function):
    alias = functions.get_alias(FunctionName=function, Name="live")
    return alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})


def alone(functions, function, version):
    """Whether the alias points to one version and answers with it."""
    alias = functions.get_alias(FunctionName=function, Name="live")
    answers = {functions.invoke(FunctionName=function, Qualifier="live")["ExecutedVersion"] for _ in range(20)}
    return alias["FunctionVersion"] == version and not weights(functions, function) and answers == {version}


def refused(code, call, **request):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        call(**request)
    assert error.value.response["Error"]["Code"] == code
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 409)
    return error.value.response["Error"]["Message"]


def events(deployments, deployment):
    [target] = deployments.list_deployment_targets(deploymentId=deployment)["targetIds"]
    out = deployments.get_deployment_target(deploymentId=deployment, targetId=target)["deploymentTarget"]
    assert out["deploymentTargetType"] == "LambdaTarget"
    batch = deployments.batch_get_deployment_targets(deploymentId=deployment, targetIds=[target])["deploymentTargets"]
    assert batch[0]["lambdaTarget"]["targetId"] == target
    return out["lambdaTarget"], [(e["lifecycleEventName"], e["status"]) for e in out["lambdaTarget"]["lifecycleEvents"]]


def test_applications(deployments):
    deployments.create_application(applicationName="one", computePlatform="Lambda", tags=[{"Key": "team", "Value": "a"}])
    refused("ApplicationAlreadyExistsException", deployments.create_application,
            applicationName="one", computePlatform="Lambda")
    deployments.update_application(applicationName="one", newApplicationName="two")
    assert "two" in deployments.list_applications()["applications"]
    [shown] = deployments.batch_get_applications(applicationNames=["two"])["applicationsInfo"]
    assert shown["computePlatform"] == "Lambda"
    assert abs(datetime.datetime.now(datetime.UTC) - shown["createTime"]) < datetime.timedelta(minutes=1)
    arn = "arn:aws:codedeploy:us-east-1:000000000000:application:two"
    deployments.tag_resource(ResourceArn=arn, Tags=[{"Key": "tier", "Value": "gold"}])
    deployments.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert deployments.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "tier", "Value": "gold"}]
    deployments.delete_application(applicationName="two")
    refused("ApplicationDoesNotExistException", deployments.get_application, applicationName="two")


def test_groups(deployments, application):
    deployments.create_deployment_group(applicationName=application, deploymentGroupName="one", serviceRoleArn=ROLE,
                                        deploymentConfigName="CodeDeployDefault.LambdaCanary10Percent5Minutes")
    refused("DeploymentGroupAlreadyExistsException", deployments.create_deployment_group,
            applicationName=application, deploymentGroupName="one", serviceRoleArn=ROLE)
    deployments.update_deployment_group(applicationName=application, currentDeploymentGroupName="one",
                                        newDeploymentGroupName="two", alarmConfiguration={"enabled": True, "alarms": [{"name": "a"}]})
    assert "two" in deployments.list_deployment_groups(applicationName=application)["deploymentGroups"]
    out = deployments.batch_get_deployment_groups(applicationName=application, deploymentGroupNames=["two", "one"])
    assert [g["deploymentGroupName"] for g in out["deploymentGroupsInfo"]] == ["two"]
    assert out["deploymentGroupsInfo"][0]["alarmConfiguration"]["alarms"] == [{"name": "a"}]
    assert "one" in out["errorMessage"]
    deployments.delete_deployment_group(applicationName=application, deploymentGroupName="two")
    refused("DeploymentGroupDoesNotExistException", deployments.get_deployment_group,
            applicationName=application, deploymentGroupName="two")


def test_own_configurations(deployments, slow):
    linear = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 30, "linearInterval": 1}}
    deployments.create_deployment_config(deploymentConfigName="Linear30", computePlatform="Lambda", trafficRoutingConfig=linear)
    shown = deployments.get_deployment_config(deploymentConfigName="Linear30")["deploymentConfigInfo"]
    assert shown["trafficRoutingConfig"] == linear
    names = deployments.list_deployment_configs()["deploymentConfigsList"]
    assert {"Linear30", slow, "CodeDeployDefault.LambdaAllAtOnce"} <= set(names)
    refused("DeploymentConfigAlreadyExistsException", deployments.create_deployment_config,
            deploymentConfigName="Linear30", computePlatform="Lambda", trafficRoutingConfig=linear)
    refused("InvalidTrafficRoutingConfigurationException", deployments.create_deployment_config,
            deploymentConfigName="Linear100", computePlatform="Lambda",
            trafficRoutingConfig={"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 100, "linearInterval": 1}})
    deployments.delete_deployment_config(deploymentConfigName="Linear30")
    refused("DeploymentConfigDoesNotExistException", deployments.get_deployment_config, deploymentConfigName="Linear30")


def test_own_linear(functions, deployments, group, function):
    deployments.create_deployment_config(
        deploymentConfigName="Linear40", computePlatform="Lambda",
        trafficRoutingConfig={"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 40, "linearInterval": 2}})
    deployment = deploy(deployments, group, spec(function), "Linear40", description="two steps and a rest")
    shifted(functions, function, 0.4)
    target, seen = events(deployments, deployment)
    assert target["lambdaFunctionInfo"]["targetVersionWeight"] == 0.4
    assert seen == [("BeforeAllowTraffic", "Succeeded"), ("AllowTraffic", "InProgress"), ("AfterAllowTraffic", "Pending")]
    assert "endTime" not in target["lifecycleEvents"][1] and "startTime" not in target["lifecycleEvents"][2]
    shifted(functions, function, 0.8)
    done = succeed(deployments, deployment)
    assert (done["status"], done["description"], done["creator"]) == ("Succeeded", "two steps and a rest", "user")
    assert (done["completeTime"] - done["startTime"]).total_seconds() > 3.9
    assert done["deploymentOverview"] == {
        "Pending": 0, "InProgress": 0, "Succeeded": 1, "Failed": 0, "Skipped": 0, "Ready": 0}
    target, seen = events(deployments, deployment)
    assert target["lambdaFunctionInfo"]["targetVersionWeight"] == 1
    assert {status for _, status in seen} == {"Succeeded"}
    assert alone(functions, function, "2")


def test_own_canary_stopped_in_the_middle(functions, deployments, group, function, slow):
    deployment = deploy(deployments, group, spec(function), slow)
    shifted(functions, function, 0.2)
    out = deployments.stop_deployment(deploymentId=deployment)
    assert out["status"] == "Succeeded"
    assert alone(functions, function, "1")
    stopped = fail(deployments, deployment)
    assert (stopped["status"], stopped["errorInformation"]["code"]) == ("Stopped", "MANUAL_STOP")
    assert events(deployments, deployment)[1] == [
        ("BeforeAllowTraffic", "Succeeded"), ("AllowTraffic", "Failed"), ("AfterAllowTraffic", "Skipped")]
    refused("DeploymentAlreadyCompletedException", deployments.stop_deployment, deploymentId=deployment)
    succeed(deployments, deploy(deployments, group, spec(function)))  # neither group nor alias is held any more
    assert alone(functions, function, "2")


def test_one_deployment_at_a_time(functions, deployments, application, group, function, slow):
    first = deploy(deployments, group, spec(function), slow)
    request = {"applicationName": application, "revision": revision(spec(function))}
    message = refused("DeploymentLimitExceededException", deployments.create_deployment, deploymentGroupName=group, **request)
    assert message == f"The Deployment Group '{group}' already has an active Deployment '{first}'"
    deployments.create_deployment_group(applicationName=application, deploymentGroupName="rival", serviceRoleArn=ROLE)
    message = refused("DeploymentLimitExceededException", deployments.create_deployment, deploymentGroupName="rival", **request)
    assert first in message and "live" in message
    shifted(functions, function, 0.2)
    deployments.stop_deployment(deploymentId=first)


def test_a_held_alias_is_not_changed_by_hand(functions, deployments, group, function, slow):
    deployment = deploy(deployments, group, spec(function), slow)
    shifted(functions, function, 0.2)
    for change in ({"FunctionVersion": "2"}, {"RoutingConfig": {"AdditionalVersionWeights": {"2": 0.5}}}, {"RoutingConfig": {}}):
        assert deployment in refused("ResourceConflictException", functions.update_alias, FunctionName=function, Name="live", **change)
    assert weights(functions, function) == {"2": 0.2}
    for version in ("1", "2"):
        refused("ResourceConflictException", functions.delete_function, FunctionName=function, Qualifier=version)
    deployments.stop_deployment(deploymentId=deployment)
    functions.update_alias(FunctionName=function, Name="live", FunctionVersion="2")


@pytest.mark.parametrize("content", [
    "{", "version: 0.0\nResources:\n  - a: [", "", "just words", "version: 1.0", "[]", json.dumps(spec("f", target="two")),
    json.dumps(spec("f", target="$LATEST")), json.dumps(spec("", alias="")), json.dumps({**spec("f"), "Resources": []}),
], ids=["brace", "yaml", "empty", "words", "version", "list", "word-for-a-number", "latest", "no-names", "no-resources"])
def test_malformed_appspec(deployments, group, content):
    if not content:
        refused("RevisionRequiredException", deploy, deployments=deployments, group=group, content=content)
        return
    deployment = deploy(deployments, group, content)
    failed = fail(deployments, deployment)
    assert (failed["status"], failed["errorInformation"]["code"]) == ("Failed", "INVALID_LAMBDA_CONFIGURATION")
    assert failed["errorInformation"]["message"].startswith(CONFIGURATION)
    assert failed["revision"]["appSpecContent"]["content"] == content
    assert deployments.list_deployment_targets(deploymentId=deployment)["targetIds"] == []


def test_missing_function_alias_and_version(deployments, group, function):
    for content in (spec("nobody"), spec(function, alias="none"), spec(function, target="9"), spec(function, current="9")):
        failed = fail(deployments, deploy(deployments, group, content))
        assert failed["status"] == "Failed"
        expected = "INVALID_LAMBDA_CONFIGURATION" if content == spec(function, current="9") else "INVALID_LAMBDA_FUNCTION"
        assert failed["errorInformation"]["code"] == expected, failed["errorInformation"]


def test_alias_that_was_moved_away(functions, deployments, group, function):
    functions.update_alias(FunctionName=function, Name="live", FunctionVersion="2")
    failed = fail(deployments, deploy(deployments, group, spec(function)))
    assert failed["errorInformation"] == {
        "code": "INVALID_LAMBDA_CONFIGURATION",
        "message": CONFIGURATION + " The Lambda function alias version does not match the current version in AppSpec file."}
    assert alone(functions, function, "2")


def test_alias_with_a_weight_of_its_own(functions, deployments, group, function):
    functions.update_alias(FunctionName=function, Name="live", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    failed = fail(deployments, deploy(deployments, group, spec(function)))
    assert failed["errorInformation"]["code"] == "INVALID_LAMBDA_CONFIGURATION"
    assert weights(functions, function) == {"2": 0.5}


def test_current_version_as_the_target(functions, deployments, group, function, slow):
    same = spec(function, target="1")
    failed = fail(deployments, deploy(deployments, group, same, slow))
    assert failed["errorInformation"] == {"code": "INVALID_LAMBDA_CONFIGURATION", "message": CONFIGURATION}
    succeed(deployments, deploy(deployments, group, same))
    assert alone(functions, function, "1")


YAML = """\
version: 0.0
Resources:
  - myLambdaFunction:
      Type: AWS::Lambda::Function
      Properties:
        Name: "NAME"
        Alias: "live"
        CurrentVersion: "1"
        TargetVersion: "2"
"""


@pytest.mark.parametrize("kind, member", [("String", "string"), ("AppSpecContent", "appSpecContent")])
@pytest.mark.parametrize("form", ["yaml", "json", "lower-case"])
def test_appspec_in_each_form(functions, deployments, group, function, kind, member, form):
    content = YAML.replace("NAME", function)
    if form == "json":
        content = json.dumps({**spec(function), "version": "0.0"})
    elif form == "lower-case":
        content = json.dumps({"version": 0.0, "resources": [{"f": {"type": "AWS::Lambda::Function", "properties": {
            "name": function, "alias": "live", "currentversion": "1", "targetversion": "2"}}}]})
    digest = hashlib.sha256(content.encode()).hexdigest()
    deployment = deployments.create_deployment(
        applicationName="app", deploymentGroupName=group,
        revision={"revisionType": kind, member: {"content": content, "sha256": digest}})["deploymentId"]
    done = succeed(deployments, deployment)
    assert done["revision"] == {"revisionType": kind, member: {"content": content, "sha256": digest}}
    assert alone(functions, function, "2")


def test_hash_of_another_content(deployments, group, function):
    assert "sha256" in refused("InvalidRevisionException", deployments.create_deployment, applicationName="app",
                               deploymentGroupName=group, revision={"revisionType": "AppSpecContent", "appSpecContent": {
                                   "content": json.dumps(spec(function)), "sha256": "0" * 64}})


def test_lists(functions, deployments, application, group, function):
    began = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=1)
    failed = deploy(deployments, group, "{")
    fail(deployments, failed)
    done = deploy(deployments, group, spec(function))
    succeed(deployments, done)
    ours = {"applicationName": application, "deploymentGroupName": group}
    assert deployments.list_deployments(**ours)["deployments"] == [done, failed]
    assert deployments.list_deployments(**ours, includeOnlyStatuses=["Failed", "Stopped"])["deployments"] == [failed]
    assert deployments.list_deployments(createTimeRange={"start": began})["deployments"][:2] == [done, failed]
    assert deployments.list_deployments(**ours, createTimeRange={"end": began})["deployments"] == []
    paged = deployments.get_paginator("list_deployments").paginate(**ours)
    assert [d for page in paged for d in page["deployments"]] == [done, failed]
    batch = deployments.batch_get_deployments(deploymentIds=[failed, done])["deploymentsInfo"]
    assert [d["status"] for d in batch] == ["Failed", "Succeeded"]
    shown = deployments.get_deployment_group(**ours)["deploymentGroupInfo"]
    assert shown["lastAttemptedDeployment"]["deploymentId"] == shown["lastSuccessfulDeployment"]["deploymentId"] == done


def test_previous_revision(functions, deployments, group, function):
    first = deploy(deployments, group, spec(function))
    assert "previousRevision" not in succeed(deployments, first)
    back = succeed(deployments, deploy(deployments, group, spec(function, "2", "1")))
    assert back["previousRevision"]["appSpecContent"]["content"] == json.dumps(spec(function))


def test_group_and_application_while_a_deployment_runs(functions, deployments, function, slow):
    deployments.create_application(applicationName="busy", computePlatform="Lambda")
    deployments.create_deployment_group(applicationName="busy", deploymentGroupName="g", serviceRoleArn=ROLE)
    running = deployments.create_deployment(
        applicationName="busy", deploymentGroupName="g", deploymentConfigName=slow, revision=revision(spec(function)))["deploymentId"]
    assert running in refused("InvalidOperationException", deployments.delete_deployment_group,
                              applicationName="busy", deploymentGroupName="g")
    deployments.update_application(applicationName="busy", newApplicationName="renamed")
    deployments.update_deployment_group(applicationName="renamed", currentDeploymentGroupName="g", newDeploymentGroupName="h")
    shown = info(deployments, running)
    assert (shown["applicationName"], shown["deploymentGroupName"]) == ("renamed", "h")
    shifted(functions, function, 0.2)
    deployments.stop_deployment(deploymentId=running)
    assert deployments.list_deployments(applicationName="renamed", deploymentGroupName="h")["deployments"] == [running]
    deployments.delete_application(applicationName="renamed")
    assert info(deployments, running)["status"] == "Stopped"  # its record stays


def test_with_the_command_line(server, functions, function, tmp_path):
    def aws(command):
        out = server.run(command, cwd=tmp_path)
        return json.loads(out) if out else None

    aws("aws deploy create-application --application-name typed --compute-platform Lambda")
    aws("aws deploy create-deployment-config --deployment-config-name Typed25 --compute-platform Lambda "
        "--traffic-routing-config 'type=TimeBasedCanary,timeBasedCanary={canaryPercentage=25,canaryInterval=1}'")
    aws(f"aws deploy create-deployment-group --application-name typed --deployment-group-name g --service-role-arn {ROLE} "
        "--deployment-config-name Typed25 --deployment-style deploymentType=BLUE_GREEN,deploymentOption=WITH_TRAFFIC_CONTROL "
        "--auto-rollback-configuration enabled=true,events=DEPLOYMENT_FAILURE")
    (tmp_path / "revision.json").write_text(json.dumps(
        {"revisionType": "AppSpecContent", "appSpecContent": {"content": YAML.replace("NAME", function)}}))
    deployment = aws("aws deploy create-deployment --application-name typed --deployment-group-name g "
                     "--revision file://revision.json")["deploymentId"]
    assert re.fullmatch("d-[A-Z0-9]{9}", deployment)
    end = time.monotonic() + 30
    while server.run(f"aws deploy get-deployment --deployment-id {deployment} "
                     "--query deploymentInfo.status --output text") != "Succeeded\n":
        assert time.monotonic() < end
    server.run(f"aws deploy wait deployment-successful --deployment-id {deployment}")
    assert alone(functions, function, "2")
    target = aws(f"aws deploy get-deployment-target --deployment-id {deployment} --target-id {function}")
    assert target["deploymentTarget"]["lambdaTarget"]["lambdaFunctionInfo"]["targetVersion"] == "2"
    assert aws("aws deploy list-deployments --application-name typed --deployment-group-name g "
               "--include-only-statuses Succeeded")["deployments"] == [deployment]
    aws("aws deploy delete-application --application-name typed")
    said = server.run("aws deploy get-application --application-name typed 2>&1", check=False)
    assert "(ApplicationDoesNotExistException)" in said
    said = server.run("aws deploy create-application --application-name plain 2>&1", check=False)
    assert "(InvalidComputePlatformException)" in said and "computePlatform" in said
