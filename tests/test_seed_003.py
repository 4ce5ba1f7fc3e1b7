"""The loop of the article on CodeDeploy and SAM, against each of its three configurations, through CodeDeploy's API.

The article asks an HTTP endpoint once a second for ten minutes; here it is the alias, at time scale 60, so each
second of the article is a sixtieth.
"""

import json
import threading
import time

import pytest
from conftest import ROLE, package

HANDLER = """\
import json


def handler(event, context):
    message = json.dumps({'message': 'VERSION'})
    response = {'statusCode': 200,
                'headers': {'Content-Type': 'application/json'},
                'body': message}

    return response
"""

MINUTE = 1.0  # a minute of the cloud, in seconds here


@pytest.fixture(scope="module")
def application(deployments):
    deployments.create_application(applicationName="app", computePlatform="Lambda")
    return "app"


class Loop:
    """`while true; do curl …; sleep 1; done`"""

    def __init__(self, functions, name):
        self.functions, self.name = functions, name
        self.answers, self.stopped = [], threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def run(self):
        while not self.stopped.wait(MINUTE / 60):
            out = self.functions.invoke(FunctionName=self.name, Qualifier="dev")
            assert "FunctionError" not in out, out
            body = json.loads(json.load(out["Payload"])["body"])
            self.answers.append((time.monotonic(), body["message"]))

    def between(self, start, end):
        return [message for at, message in self.answers if start <= at < end]


def release(functions, name):
    """A function with versions 1 and 2, whose alias dev points to 1."""
    functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"ZipFile": package({"index.py": HANDLER.replace("VERSION", "v1")})})
    functions.publish_version(FunctionName=name)
    functions.create_alias(FunctionName=name, Name="dev", FunctionVersion="1")
    functions.update_function_code(
        FunctionName=name, ZipFile=package({"index.py": HANDLER.replace("VERSION", "v2")}))
    assert functions.publish_version(FunctionName=name)["Version"] == "2"


def deploy(deployments, application, name, config):
    deployments.create_deployment_group(
        applicationName=application, deploymentGroupName=name, serviceRoleArn=ROLE,
        deploymentConfigName=f"CodeDeployDefault.Lambda{config}",
        deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"})
    spec = {"version": 0.0, "Resources": [{name: {"Type": "AWS::Lambda::Function", "Properties": {
        "Name": name, "Alias": "dev", "CurrentVersion": "1", "TargetVersion": "2"}}}]}
    return deployments.create_deployment(
        applicationName=application, deploymentGroupName=name,
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(spec)}})["deploymentId"]


def finish(deployments, deployment):
    deployments.get_waiter("deployment_successful").wait(
        deploymentId=deployment, WaiterConfig={"Delay": 1, "MaxAttempts": 40})
    info = deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]
    assert info["status"] == "Succeeded"
    return info


def weight(functions, name):
    alias = functions.get_alias(FunctionName=name, Name="dev")
    if alias["FunctionVersion"] == "2":
        return 1
    return alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}).get("2", 0)


def watch(functions, deployments, name, deployment):
    """The weights that the alias had until the deployment ended, each once, with the time of the first sight."""
    seen = []
    while deployments.get_deployment(deploymentId=deployment)["deploymentInfo"]["status"] in ("Created", "InProgress"):
        now = weight(functions, name)
        if not seen or seen[-1][1] != now:
            seen.append((time.monotonic(), now))
    return seen


def test_linear(functions, deployments, application):
    release(functions, "linear")
    with Loop(functions, "linear") as loop:
        deployment = deploy(deployments, application, "linear", "Linear10PercentEvery1Minute")
        seen = watch(functions, deployments, "linear", deployment)
        info = finish(deployments, deployment)
    weights = [w for _, w in seen if w not in (0, 1)]
    assert weights == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert 8.5 * MINUTE < (info["completeTime"] - info["createTime"]).total_seconds() < 11 * MINUTE
    assert {message for _, message in loop.answers} == {"v1", "v2"}
    half = next(at for at, w in seen if w == 0.5)
    answers = loop.between(half, half + MINUTE * 0.9)
    assert abs(answers.count("v2") - len(answers) / 2) <= 2


def test_canary(functions, deployments, application):
    release(functions, "canary")
    with Loop(functions, "canary") as loop:
        deployment = deploy(deployments, application, "canary", "Canary10Percent5Minutes")
        seen = watch(functions, deployments, "canary", deployment)
        info = finish(deployments, deployment)
    assert [w for _, w in seen if w not in (0, 1)] == [0.1]
    assert 4.5 * MINUTE < (info["completeTime"] - info["createTime"]).total_seconds() < 6.5 * MINUTE
    first = seen[-1][0] if seen[-1][1] == 0.1 else seen[-2][0]
    answers = loop.between(first, first + 4 * MINUTE)
    assert abs(answers.count("v2") - len(answers) / 10) <= 2


def test_all_at_once(functions, deployments, application):
    release(functions, "once")
    with Loop(functions, "once") as loop:
        began = time.monotonic()
        deployment = deploy(deployments, application, "once", "AllAtOnce")
        finish(deployments, deployment)
        ended = time.monotonic()
        while len(loop.between(ended, float("inf"))) < 20:
            assert time.monotonic() < ended + 30
    assert set(loop.between(0, began)) <= {"v1"}
    assert set(loop.between(ended + 0.1, float("inf"))) == {"v2"}


def test_what_get_application_prints(deployments, application):
    info = deployments.get_application(applicationName=application)["application"]
    assert info["linkedToGitHub"] is False and info["computePlatform"] == "Lambda"


def test_what_get_deployment_group_prints(deployments, application):
    deployments.create_deployment_group(
        applicationName=application, deploymentGroupName="printed", serviceRoleArn=ROLE,
        deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce",
        deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        autoRollbackConfiguration={"enabled": True, "events": [
            "DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]})
    info = deployments.get_deployment_group(
        applicationName=application, deploymentGroupName="printed")["deploymentGroupInfo"]
    assert len(info.pop("deploymentGroupId")) == 36
    assert info == {
        "applicationName": "app",
        "deploymentGroupName": "printed",
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
    }
