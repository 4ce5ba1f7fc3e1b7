"""Releases with sluice.yaml on moto's server, the stand-in for AWS, as far as moto goes.

What moto lacks, as of the release in requirements.txt: CloudWatch's CBOR protocol, hence `errors: ignore` below (and no
alarms); CodeDeploy's deployments for Lambda; the revisions of aliases, which it takes and does not compare, so that nothing
here is about two runs at once; and it gives the numbers of deleted versions away again, so that nothing is released after
prune. It runs functions in Docker only: none is invoked.
"""

import os

import boto3
import pytest
from moto.server import ThreadedMotoServer
from releases import CHANGES, FAILED, REFUSED, Project

KEYS = {"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret", "AWS_DEFAULT_REGION": "us-east-1"}
FILE = """sbx: {publish: false}
  stg: {strategy: all-at-once}
  prd: {strategy: {increments: [25, 50, 75]}, errors: ignore}"""


@pytest.fixture(scope="module")
def moto():
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def project(moto, tmp_path):
    def client(service):
        return boto3.client(service, endpoint_url=moto, region_name="us-east-1", aws_access_key_id="a-key", aws_secret_access_key="a-secret")
    others = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "SLUICE_"))}
    role = client("iam").create_role(RoleName=tmp_path.name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    made = Project(tmp_path, others | KEYS | {"AWS_ENDPOINT_URL": moto}, client("lambda"), role)
    made.code("one")
    return made


def test_the_story(project):
    project.file(FILE)
    assert "is made on $LATEST" in project.run("plan", "sbx", code=CHANGES)
    project.run("deploy", "sbx")
    assert (project.alias("app-sbx-main"), project.versions("app-sbx-main")) == (("$LATEST", {}), ["$LATEST"])
    project.run("deploy", "stg")
    assert project.alias("app-stg-main") == ("1", {})

    name = "app-prd-main"
    project.run("deploy", "prd", "--step")
    assert project.alias(name) == ("1", {})
    project.code("two")
    for weights in [{"2": 0.25}, {"2": 0.5}, {"2": 0.75}]:
        project.run("deploy", "prd", "--step")
        assert project.alias(name) == ("1", weights)
    project.run("deploy", "prd", "--step")
    assert project.alias(name) == ("2", {})
    assert "Nothing changes in prd." in project.run("deploy", "prd")
    assert project.versions(name) == ["$LATEST", "1", "2"]
    tags = project.functions.list_tags(Resource=project.functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"])["Tags"]
    assert (tags["sluice:project"], tags["sluice:environment"]) == ("app", "prd")

    project.run("rollback", "prd")
    assert project.alias(name) == ("1", {})
    project.run("pin", "prd", "--version1", "1", "--version2", "2", "--weight", "0.1")
    assert project.alias(name) == ("1", {"2": 0.1})
    project.code("three")
    assert "in transition from version 1 to 2" in project.run("deploy", "prd", code=REFUSED)
    project.run("pin", "prd", "--version1", "2")
    project.run("deploy", "prd", "--step")
    project.run("promote", "prd")
    assert project.alias(name) == ("3", {})
    assert project.json("prune", "prd", "--keep", "1") == {"main": ["1", "2"]}
    assert project.versions(name) == ["$LATEST", "3"]


def test_settings_are_released_as_code_is(project):
    project.file(FILE, "main: {name: settings, code: src, handler: index.handler, memory: 128, environment: {RATE: '7'}}")
    project.run("deploy", "stg")
    project.file(FILE, "main: {name: settings, code: src, handler: index.handler, memory: 256, environment: {RATE: '8'}}")
    assert "memory" in (plan := project.run("plan", "stg", code=CHANGES)) and "'8'" not in plan
    project.run("deploy", "stg")
    released = project.functions.get_function_configuration(FunctionName="settings", Qualifier="LIVE")
    assert (released["Version"], released["MemorySize"], released["Environment"]["Variables"]) == ("2", 256, {"RATE": "8"})
    (difference,) = project.json("versions", "stg", "--diff", "1", "2")
    assert [c["field"] for c in difference["changes"]] == ["memory", "environment.RATE"]


def test_what_moto_lacks_is_an_error_that_says_where_the_alias_stands(project):
    """When this fails, moto has learned something: the story above can have it too."""
    project.env["AWS_MAX_ATTEMPTS"] = "1"
    project.file("prd: {strategy: {increments: [50]}}", "main: {name: lacks, code: src, handler: index.handler}")
    project.run("deploy")
    project.code("two")
    project.run("deploy", "--step")
    out = project.run("deploy", "--step", code=FAILED)
    assert "read the errors of lacks:LIVE" in out and "LIVE is on version 1, with 50 % on 2" in out
    project.run("abort")
    assert project.alias("lacks") == ("1", {})
