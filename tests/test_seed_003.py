"""The loop of the article on CodeDeploy and SAM, against each of its three configurations, through CodeDeploy's API.

The article asks an HTTP endpoint once a second for ten minutes; here it is the alias, at time scale 60, so each
second of the article is a sixtieth.
"""

import itertools
import json
import threading
import time
import typing

import pytest
from conftest import ROLE, eventually, package
from seed_003 import HANDLER

MINUTE = 1.0  # a minute of the cloud, in seconds here


@pytest.fixture(scope="module")
def application(deployments):
    deployments.create_application(applicationName="app", computePlatform="Lambda")
    return "app"


class Answer(typing.NamedTuple):
    asked: float  # on the client's clock, as is answered
    answered: float
    message: str
    weight: float  # of version 2, as the server knew it when it chose


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
            asked = time.monotonic()
            out = self.functions.invoke(FunctionName=self.name, Qualifier="dev")
            assert "FunctionError" not in out, out
            body = json.loads(json.load(out["Payload"])["body"])
            weight = out["ResponseMetadata"]["HTTPHeaders"].get("x-sluice-weight", 0 if body["message"] == "v1" else 1)
            self.answers.append(Answer(asked, time.monotonic(), body["message"], float(weight)))

    def weights(self):
        """The weights that the answers were chosen by, in their order, without the two ends."""
        seen = [a.weight for a in self.answers if 0 < a.weight < 1]
        return [w for w, _ in itertools.groupby(seen)]

    def off(self):
        """The most answers, of all weights, that version 2 had more or less than its share."""
        def distance(weight):
            messages = [a.message for a in self.answers if a.weight == weight]
            return abs(messages.count("v2") - len(messages) * weight)
        return max(map(distance, self.weights()))


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


def test_linear(functions, deployments, application):
    release(functions, "linear")
    with Loop(functions, "linear") as loop:
        info = finish(deployments, deploy(deployments, application, "linear", "Linear10PercentEvery1Minute"))
    seen = loop.weights()  # a machine that is busy may keep the loop from seeing each step
    assert seen and seen == sorted(set(seen)) and set(seen) <= {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
    assert loop.off() <= 1
    assert (info["completeTime"] - info["createTime"]).total_seconds() > 8.9 * MINUTE


def test_canary(functions, deployments, application):
    release(functions, "canary")
    with Loop(functions, "canary") as loop:
        info = finish(deployments, deploy(deployments, application, "canary", "Canary10Percent5Minutes"))
    assert loop.weights() == [0.1]
    assert loop.off() <= 1
    assert (info["completeTime"] - info["createTime"]).total_seconds() > 4.9 * MINUTE


def test_all_at_once(functions, deployments, application):
    release(functions, "once")
    with Loop(functions, "once") as loop:
        began = time.monotonic()
        finish(deployments, deploy(deployments, application, "once", "AllAtOnce"))
        ended = time.monotonic()
        eventually(lambda: sum(a.asked > ended for a in loop.answers) >= 20)
    assert {a.message for a in loop.answers if a.answered < began} <= {"v1"}
    assert {a.message for a in loop.answers if a.asked > ended} == {"v2"}


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
