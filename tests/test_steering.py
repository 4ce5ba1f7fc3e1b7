"""Sluice's own calls, signed with botocore, and the options that tags of a deployment group set."""

import json
import time
import urllib.error
import urllib.request

import botocore.exceptions
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import ROLE, eventually, package
from test_codedeploy import application, deploy, function, group, info, slow, spec  # noqa: F401 (fixtures)

ARN = "arn:aws:codedeploy:us-east-1:000000000000:deploymentgroup:app/"


@pytest.fixture
def steer(server):
    def call(method, deployment, what=""):
        request = AWSRequest(method, f"{server.url}/_sluice/deployments/{deployment}{what}")
        keys = Credentials(server.env["AWS_ACCESS_KEY_ID"], server.env["AWS_SECRET_ACCESS_KEY"])
        SigV4Auth(keys, "sluice", "us-east-1").add_auth(request)
        sent = urllib.request.Request(request.url, method=method, headers=dict(request.headers))
        with urllib.request.urlopen(sent) as answer:
            return json.load(answer)
    return call


def weight(functions, name):
    alias = functions.get_alias(FunctionName=name, Name="live")
    return alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}).get("2", float(alias["FunctionVersion"] == "2"))


def test_pause_resume_promote(functions, deployments, group, function, steer):  # noqa: F811
    deployment = deploy(deployments, group, spec(function), "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
    eventually(lambda: weight(functions, function) >= 0.1)
    paused = steer("POST", deployment, "/pause")
    assert paused["paused"] and "nextShift" not in paused
    two_shifts = time.monotonic() + 2.5
    while time.monotonic() < two_shifts:
        assert weight(functions, function) == paused["targetWeight"] == steer("GET", deployment)["targetWeight"]
    resumed = steer("POST", deployment, "/resume")
    assert not resumed["paused"] and resumed["nextShift"] <= time.time() + 1
    steer("POST", deployment, "/promote")
    eventually(lambda: info(deployments, deployment)["status"] == "Succeeded")
    assert weight(functions, function) == 1
    with pytest.raises(urllib.error.HTTPError) as failure:
        steer("POST", deployment, "/pause")
    assert failure.value.code == 409 and deployment in json.load(failure.value)["message"]


def test_options_are_checked(deployments, group):  # noqa: F811
    for key, value in {"sluice:alarms": "none", "sluice:compare": "yes", "sluice:rollback": "nothing", "sluice:speed": "1"}.items():
        with pytest.raises(botocore.exceptions.ClientError, match="InvalidTagsToAddException") as failure:
            deployments.tag_resource(ResourceArn=ARN + group, Tags=[{"Key": key, "Value": value}])
        assert key in str(failure.value)


def test_a_worse_version_is_stopped_without_an_alarm(functions, deployments, group, function):  # noqa: F811
    functions.update_function_code(
        FunctionName=function, ZipFile=package({"index.py": "def handler(event, context):\n    raise Exception('no')\n"}))
    assert functions.publish_version(FunctionName=function)["Version"] == "3"
    deployments.tag_resource(ResourceArn=ARN + group, Tags=[{"Key": "sluice:compare", "Value": "on"}])
    for _ in range(100):
        functions.invoke(FunctionName=function, Qualifier="live")
    deployment = deploy(deployments, group, spec(function, target="3"), "CodeDeployDefault.LambdaCanary10Percent10Minutes")

    def stopped():
        functions.invoke(FunctionName=function, Qualifier="live")
        return info(deployments, deployment)["status"] == "Stopped"
    eventually(stopped)
    seen = info(deployments, deployment)
    assert seen["errorInformation"]["code"] == "ALARM_ACTIVE" and "version 3 failed" in seen["deploymentStatusMessages"][0]
    assert functions.get_alias(FunctionName=function, Name="live")["FunctionVersion"] == "1"
