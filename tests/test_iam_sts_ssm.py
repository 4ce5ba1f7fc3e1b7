"""Roles, sessions and parameters, used as deploy tools and functions do: with boto3 and with the AWS CLI."""

import json
import os
import stat

import boto3
import botocore.config
import botocore.exceptions
import pytest
from conftest import Server, package

ACCOUNT = "000000000000"
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"


def trust(**principal):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]})


LAMBDA = trust(Service="lambda.amazonaws.com")
LOGS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}


@pytest.fixture(scope="module")
def iam(server):
    return server.client("iam")


@pytest.fixture(scope="module")
def sts(server):
    return server.client("sts")


@pytest.fixture(scope="module")
def ssm(server):
    return server.client("ssm")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as raised:
        call(**arguments)
    assert raised.value.response["Error"]["Code"] == code
    return raised.value.response["Error"]["Message"]


def acting(server, service, credentials):
    """A client with temporary credentials."""
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"],
        config=botocore.config.Config(retries={"total_max_attempts": 1}))


def test_role(iam):
    made = iam.create_role(
        RoleName="app", Path="/team/", AssumeRolePolicyDocument=LAMBDA, Tags=[{"Key": "team", "Value": "payments"}])["Role"]
    iam.get_waiter("role_exists").wait(RoleName="app")
    found = iam.get_role(RoleName="app")["Role"]
    assert found["Arn"] == made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/team/app"
    assert found["RoleId"] == made["RoleId"] and found["RoleId"].startswith("AROA")
    assert found["AssumeRolePolicyDocument"] == json.loads(LAMBDA)
    assert found["MaxSessionDuration"] == 3600 and found["Tags"] == [{"Key": "team", "Value": "payments"}]
    assert "EntityAlreadyExists" not in refused("EntityAlreadyExists", iam.create_role, RoleName="app", AssumeRolePolicyDocument=LAMBDA)

    iam.put_role_policy(RoleName="app", PolicyName="logs", PolicyDocument=json.dumps(LOGS))
    iam.attach_role_policy(RoleName="app", PolicyArn=BASIC)
    assert iam.get_role_policy(RoleName="app", PolicyName="logs")["PolicyDocument"] == LOGS
    assert iam.list_attached_role_policies(RoleName="app")["AttachedPolicies"] == [
        {"PolicyName": "AWSLambdaBasicExecutionRole", "PolicyArn": BASIC}]
    assert "must detach all policies first" in refused("DeleteConflict", iam.delete_role, RoleName="app")
    iam.detach_role_policy(RoleName="app", PolicyArn=BASIC)
    iam.delete_role_policy(RoleName="app", PolicyName="logs")
    iam.delete_role(RoleName="app")
    refused("NoSuchEntity", iam.get_role, RoleName="app")


def test_managed_policies(iam):
    arn = iam.create_policy(PolicyName="rules", PolicyDocument=json.dumps(LOGS))["Policy"]["Arn"]
    iam.get_waiter("policy_exists").wait(PolicyArn=arn)
    wider = {**LOGS, "Statement": [{**LOGS["Statement"][0], "Action": "*"}]}
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(wider), SetAsDefault=True)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"] == wider
    names = [p["PolicyName"] for page in iam.get_paginator("list_policies").paginate() for p in page["Policies"]]
    assert len(names) == len(set(names)) > 1400 and {"rules", "AWSCodeDeployRoleForLambda"} <= set(names)
    basic = iam.get_policy_version(PolicyArn=BASIC, VersionId="v1")["PolicyVersion"]["Document"]
    assert "logs:PutLogEvents" in basic["Statement"][0]["Action"]


def test_assumed_role_calls(server, iam, sts):
    role = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=trust(AWS=ACCOUNT))["Role"]
    assumed = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="release")
    caller = acting(server, "sts", assumed["Credentials"]).get_caller_identity()
    assert caller["Arn"] == assumed["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/release"
    assert caller["UserId"] == f"{role['RoleId']}:release" and caller["Account"] == ACCOUNT
    acting(server, "lambda", assumed["Credentials"]).list_functions()
    assert "exceeds the MaxSessionDuration" in refused(
        "ValidationError", sts.assume_role, RoleArn=role["Arn"], RoleSessionName="release", DurationSeconds=7200)
    refused("AccessDenied", sts.assume_role, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", RoleSessionName="release")


def test_parameters(ssm):
    assert ssm.put_parameter(Name="/shop/rate", Value="7", Type="String")["Version"] == 1
    assert "set the overwrite option" in refused("ParameterAlreadyExists", ssm.put_parameter, Name="/shop/rate", Value="8", Type="String")
    assert ssm.put_parameter(Name="/shop/rate", Value="8", Overwrite=True)["Version"] == 2
    ssm.put_parameter(Name="/shop/db/password", Value="open sesame", Type="SecureString")
    assert ssm.get_parameter(Name="/shop/rate:1")["Parameter"]["Value"] == "7"
    assert ssm.get_parameter(Name="/shop/db/password")["Parameter"]["Value"] != "open sesame"
    found = [p for page in ssm.get_paginator("get_parameters_by_path").paginate(
        Path="/shop", Recursive=True, WithDecryption=True, PaginationConfig={"PageSize": 1}) for p in page["Parameters"]]
    assert {p["Name"]: p["Value"] for p in found} == {"/shop/rate": "8", "/shop/db/password": "open sesame"}
    refused("ParameterNotFound", ssm.get_parameter, Name="/shop/none")
    assert ssm.delete_parameters(Names=["/shop/rate", "/shop/none"])["InvalidParameters"] == ["/shop/none"]


def test_secure_parameters_outlive_a_restart_and_are_not_in_the_records(tmp_path):
    server = Server(tmp_path)
    try:
        server.client("ssm").put_parameter(Name="secret", Value="a secret that nobody may read", Type="SecureString")
        role = server.client("iam").create_role(RoleName="app", AssumeRolePolicyDocument=LAMBDA)["Role"]
        server.kill()
        server.start()
        ssm = server.client("ssm")
        assert ssm.get_parameter(Name="secret", WithDecryption=True)["Parameter"]["Value"] == "a secret that nobody may read"
        assert server.client("iam").get_role(RoleName="app")["Role"] == {
            **role, "MaxSessionDuration": 3600, "RoleLastUsed": {}}
    finally:
        server.stop()
    key = tmp_path / "parameter.key"
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    for file in tmp_path.iterdir():
        if file.is_file():
            assert b"nobody may read" not in file.read_bytes()


WHO = """
import boto3

def handler(event, context):
    who = boto3.client("sts").get_caller_identity()
    return {"arn": who["Arn"], "rate": boto3.client("ssm").get_parameter(Name="/bonus/rate")["Parameter"]["Value"]}
"""


def test_functions_are_their_role_and_read_parameters(tmp_path):
    server = Server(tmp_path, with_boto3=True)
    try:
        role = server.client("iam").create_role(RoleName="calculator-role", AssumeRolePolicyDocument=LAMBDA)["Role"]["Arn"]
        server.client("ssm").put_parameter(Name="/bonus/rate", Value="7", Type="String")
        functions = server.client("lambda")
        functions.create_function(
            FunctionName="calculator", Runtime="python3.12", Role=role, Handler="index.handler", Timeout=30,
            Code={"ZipFile": package({"index.py": WHO})})
        functions.get_waiter("function_active_v2").wait(FunctionName="calculator")
        answer = functions.invoke(FunctionName="calculator")
        assert json.load(answer["Payload"]) == {
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/calculator-role/calculator", "rate": "7"}
    finally:
        server.stop()


def test_aws_cli(server, tmp_path):
    (tmp_path / "trust.json").write_text(LAMBDA)
    (tmp_path / "logs.json").write_text(json.dumps(LOGS))

    def aws(command):
        printed = server.run(f"aws {command}", cwd=tmp_path)
        return json.loads(printed) if printed else None

    assert aws("sts get-caller-identity") == {"UserId": ACCOUNT, "Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:root"}
    role = aws("iam create-role --role-name cli --assume-role-policy-document file://trust.json")["Role"]
    aws("iam wait role-exists --role-name cli")
    aws(f"iam attach-role-policy --role-name cli --policy-arn {BASIC}")
    aws("iam put-role-policy --role-name cli --policy-name logs --policy-document file://logs.json")
    assert aws("iam list-role-policies --role-name cli")["PolicyNames"] == ["logs"]
    assert aws("iam get-role --role-name cli")["Role"]["RoleId"] == role["RoleId"]
    session = aws(f"sts assume-role --role-arn {role['Arn']} --role-session-name me")["Credentials"]
    assert session["AccessKeyId"].startswith("ASIA")
    aws("ssm put-parameter --name /cli/rate --value 7 --type String")
    assert aws("ssm get-parameter --name /cli/rate")["Parameter"]["Value"] == "7"
    assert [p["Name"] for p in aws("ssm describe-parameters --parameter-filters Key=Path,Values=/cli")["Parameters"]] == ["/cli/rate"]
    aws("ssm delete-parameter --name /cli/rate")
