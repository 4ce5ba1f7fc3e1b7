"""The chapters on alarms and hooks of the article on CodeDeploy and SAM, with the AWS CLI as printed there.

What the article's stack makes is made by hand here. Its AfterAllowTraffic hook asks the stack for an HTTP endpoint; here
it invokes the alias, which is what that endpoint does.
"""

import json
import threading

import pytest
from conftest import ROLE, Server, eventually, package
from seed_003 import AFTER_ALLOW_TRAFFIC, BEFORE_ALLOW_TRAFFIC, REPORTS_ITS_VERSION, VERSION_1, VERSION_2

APPLICATION = "basic-dev-v1-ServerlessDeploymentApplication-1GDVKHZYTTA0N"
GROUP = "basic-dev-v1-Func1DeploymentGroup-1HBVC4XH7PXRG"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One whose functions find boto3, as on AWS: its Python is the tests'."""
    running = Server(tmp_path_factory.mktemp("data"), with_boto3=True)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def application(server):
    server.run(f"aws deploy create-application --application-name {APPLICATION} --compute-platform Lambda")
    return APPLICATION


def create(functions, name, code, **more):
    functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"ZipFile": package({"index.py": code})}, **more)
    functions.publish_version(FunctionName=name)


def second_version(functions, name, code):
    functions.update_function_code(FunctionName=name, ZipFile=package({"index.py": code}))
    assert functions.publish_version(FunctionName=name)["Version"] == "2"


def group(server, name, config, more=""):
    server.run(f"aws deploy create-deployment-group --application-name {APPLICATION} --deployment-group-name {name}"
               f" --deployment-config-name CodeDeployDefault.Lambda{config} --service-role-arn {ROLE}"
               " --deployment-style deploymentType=BLUE_GREEN,deploymentOption=WITH_TRAFFIC_CONTROL"
               " --auto-rollback-configuration enabled=true,events=DEPLOYMENT_FAILURE,DEPLOYMENT_STOP_ON_ALARM,"
               f"DEPLOYMENT_STOP_ON_REQUEST {more}")


def deploy(server, name, function, hooks=()):
    spec = {"version": 0.0, "Resources": [{function: {"Type": "AWS::Lambda::Function", "Properties": {
        "Name": function, "Alias": "dev", "CurrentVersion": "1", "TargetVersion": "2"}}}]}
    if hooks:
        spec["Hooks"] = [{event: hook} for event, hook in hooks]
    revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(spec)}}
    return json.loads(server.run(
        f"aws deploy create-deployment --application-name {APPLICATION} --deployment-group-name {name}"
        f" --revision '{json.dumps(revision)}'"))["deploymentId"]


class Callers:
    """Somebody who calls an alias again and again, and does not mind errors."""

    def __init__(self, functions, name):
        self.functions, self.name, self.stopped = functions, name, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def run(self):
        while not self.stopped.wait(0.01):
            self.functions.invoke(FunctionName=self.name, Qualifier="dev")


def test_what_the_deployment_group_prints(server, application):
    group(server, GROUP, "AllAtOnce")
    app = json.loads(server.run(f"aws deploy get-application --application-name {APPLICATION}"))["application"]
    assert app.pop("applicationId") and app.pop("createTime")
    assert app == {"applicationName": APPLICATION, "linkedToGitHub": False, "computePlatform": "Lambda"}

    groups = json.loads(server.run(f"aws deploy list-deployment-groups --application-name {APPLICATION}"))
    assert groups.pop("applicationName", APPLICATION) == APPLICATION  # the article's CLI did not print it
    assert groups == {"deploymentGroups": [GROUP]}

    info = json.loads(server.run(
        f"aws deploy get-deployment-group --application-name {APPLICATION} --deployment-group-name {GROUP}"))
    assert info["deploymentGroupInfo"].pop("deploymentGroupId")
    assert info == {"deploymentGroupInfo": {
        "applicationName": APPLICATION,
        "deploymentGroupName": GROUP,
        "deploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce",
        "ec2TagFilters": [],
        "onPremisesInstanceTagFilters": [],
        "autoScalingGroups": [],
        "serviceRoleArn": ROLE,
        "triggerConfigurations": [],
        "autoRollbackConfiguration": {
            "enabled": True,
            "events": ["DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE"],
        },
        "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        "computePlatform": "Lambda",
    }}


def test_an_alarm_rolls_back(server, functions, deployments, application):
    create(functions, "Func1", VERSION_1)
    functions.create_alias(FunctionName="Func1", Name="dev", FunctionVersion="1")
    second_version(functions, "Func1", VERSION_2)
    server.run("aws cloudwatch put-metric-alarm --alarm-name Func1Alarm --namespace AWS/Lambda --metric-name Errors"
               " --dimensions Name=FunctionName,Value=Func1 --comparison-operator GreaterThanOrEqualToThreshold"
               " --statistic Sum --period 60 --evaluation-periods 1 --threshold 1")
    group(server, "alarm", "Linear10PercentEvery10Minutes", "--alarm-configuration enabled=true,alarms=[{name=Func1Alarm}]")
    with Callers(functions, "Func1"):
        deployment = deploy(server, "alarm", "Func1")
        eventually(lambda: deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]["status"] == "Stopped")
    printed = json.loads(server.run(
        f"aws deploy get-deployment --deployment-id {deployment}"
        " --query 'deploymentInfo.[deploymentOverview,errorInformation,rollbackInfo]'"))
    rollback = printed[2]["rollbackDeploymentId"]
    assert printed == [
        {"Pending": 0, "InProgress": 0, "Succeeded": 0, "Failed": 1, "Skipped": 0, "Ready": 0},
        {"code": "ALARM_ACTIVE", "message": "the deployment is cancelled due to an abort request"},
        {
            "rollbackDeploymentId": rollback,
            "rollbackMessage": f"Deployment {deployment} terminated. Automatic rollback is triggered with a DeploymentId {rollback}.",
        },
    ]
    server.run(f"aws deploy wait deployment-successful --deployment-id {rollback}")
    back = deployments.get_deployment(deploymentId=rollback)["deploymentInfo"]
    assert back["creator"] == "codeDeployRollback" and back["deploymentConfigName"] == "CodeDeployDefault.LambdaAllAtOnce"
    assert back["rollbackInfo"] == {
        "rollbackTriggeringDeploymentId": deployment,
        "rollbackMessage": f"Deployment {rollback} is triggered to roll back deployment {deployment}.",
    }
    messages = deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]["deploymentStatusMessages"]
    assert len(messages) == 1 and messages[0].endswith("Activated alarms: <Func1Alarm>")
    alias = functions.get_alias(FunctionName="Func1", Name="dev")
    assert alias["FunctionVersion"] == "1" and "RoutingConfig" not in alias


def hooked(server, functions, name, code, variables=None):
    create(functions, name, REPORTS_ITS_VERSION)
    functions.create_alias(FunctionName=name, Name="dev", FunctionVersion="1")
    second_version(functions, name, code)
    arn = functions.get_function_configuration(FunctionName=name, Qualifier="2")["FunctionArn"]
    variables = {"FUNC1_NAME": name, "FUNC1_ARN_VERSION": arn} | (variables or {})
    create(functions, f"CodeDeployHook_Pre{name}", BEFORE_ALLOW_TRAFFIC, Timeout=30, Environment={"Variables": variables})
    create(functions, f"CodeDeployHook_Post{name}", AFTER_ALLOW_TRAFFIC, Timeout=30, Environment={"Variables": variables})
    group(server, name, "AllAtOnce")
    return deploy(server, name, name, [
        ("BeforeAllowTraffic", f"CodeDeployHook_Pre{name}"), ("AfterAllowTraffic", f"CodeDeployHook_Post{name}")])


def ended(deployments, deployment):
    def status():
        found = deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]["status"]
        return found if found in ("Succeeded", "Failed", "Stopped") else None
    return eventually(status)


def events(deployments, deployment, function):
    target = deployments.get_deployment_target(deploymentId=deployment, targetId=function)["deploymentTarget"]
    return {e["lifecycleEventName"]: e for e in target["lambdaTarget"]["lifecycleEvents"]}


def test_hooks_let_traffic_in(server, functions, deployments, application):
    deployment = hooked(server, functions, "hooked", REPORTS_ITS_VERSION + "# another\n")
    assert ended(deployments, deployment) == "Succeeded"
    for event in events(deployments, deployment, "hooked").values():
        assert event["status"] == "Succeeded" and event["startTime"] <= event["endTime"] and "diagnostics" not in event
    assert functions.get_alias(FunctionName="hooked", Name="dev")["FunctionVersion"] == "2"


def test_a_hook_keeps_traffic_away(server, functions, deployments, application):
    deployment = hooked(server, functions, "broken", VERSION_2)
    assert ended(deployments, deployment) == "Failed"
    info = deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]
    assert info["errorInformation"] == {
        "code": "HOOK_EXECUTION_FAILURE",
        "message": "The deployment failed because one or more of the lifecycle event validation functions failed."}
    assert info["rollbackInfo"]["rollbackDeploymentId"]
    seen = events(deployments, deployment, "broken")
    assert [e["status"] for e in seen.values()] == ["Failed", "Skipped", "Skipped"]
    eventually(lambda: "REPORT RequestId" in events(deployments, deployment, "broken")["BeforeAllowTraffic"]["diagnostics"]["logTail"])
    assert functions.get_alias(FunctionName="broken", Name="dev")["FunctionVersion"] == "1"


def test_a_hook_that_throws(server, functions, deployments, application):
    deployment = hooked(server, functions, "thrown", REPORTS_ITS_VERSION + "#\n", {"FUNC1_NAME": "", "FUNC1_ARN_VERSION": "x"})
    assert ended(deployments, deployment) == "Failed"
    create(functions, "CodeDeployHook_Throws", "def handler(event, context):\n    raise ValueError('not today')\n")
    group(server, "throws", "AllAtOnce")
    deployment = deploy(server, "throws", "thrown", [("BeforeAllowTraffic", "CodeDeployHook_Throws")])
    assert ended(deployments, deployment) == "Failed"
    diagnostics = events(deployments, deployment, "thrown")["BeforeAllowTraffic"]["diagnostics"]
    assert diagnostics["errorCode"] == "ScriptFailed" and diagnostics["scriptName"] == "CodeDeployHook_Throws"
    assert "not today" in diagnostics["message"] and "ValueError" in diagnostics["logTail"]


def test_a_hook_that_does_not_exist(server, functions, deployments, application):
    create(functions, "alone", VERSION_1)
    functions.create_alias(FunctionName="alone", Name="dev", FunctionVersion="1")
    second_version(functions, "alone", VERSION_2)
    group(server, "missing", "AllAtOnce")
    deployment = deploy(server, "missing", "alone", [("BeforeAllowTraffic", "CodeDeployHook_None")])
    assert ended(deployments, deployment) == "Failed"
    diagnostics = events(deployments, deployment, "alone")["BeforeAllowTraffic"]["diagnostics"]
    assert "CodeDeployHook_None" in diagnostics["message"]
