"""The article on CodeDeploy and SAM, with its templates as printed, the AWS CLI and a server at time scale 60."""

import json
import re
import time

import pytest
from conftest import Server
from seed_003 import HANDLER, VERSION_1, VERSION_2
from stacks import SAMPLES, Callers, Loop, Project

MINUTE = 1.0  # of the article, in seconds here


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One whose functions find boto3 and requests: its Python is the tests'."""
    running = Server(tmp_path_factory.mktemp("data"), with_boto3=True, proxy=True)
    yield running
    running.stop()


def query(server, command):
    return json.loads(server.run(f"{command} --output json"))


def test_what_the_preference_makes(server, tmp_path):
    project = Project(server, tmp_path, "basic", "basic-dev-v1")
    project.write("func1", VERSION_1)
    project.package()
    deploy = "aws cloudformation deploy --template-file packaged.yml --stack-name basic-dev-v1 --capabilities CAPABILITY_IAM"
    assert "Successfully created/updated stack - basic-dev-v1" in server.run(deploy, cwd=tmp_path)
    again = server.run(f"{deploy} --no-fail-on-empty-changeset", cwd=tmp_path)
    assert "No changes to deploy. Stack basic-dev-v1 is up to date" in again

    printed = server.run("aws cloudformation describe-stack-resources --stack-name basic-dev-v1 --query"
                         " 'StackResources[?contains(LogicalResourceId,`Deploy`)].[ResourceType,LogicalResourceId,PhysicalResourceId]'"
                         " --output text")
    rows = [line.split("\t") for line in printed.splitlines()]
    assert sorted(row[:2] for row in rows) == [
        ["AWS::CodeDeploy::Application", "ServerlessDeploymentApplication"],
        ["AWS::CodeDeploy::DeploymentGroup", "Func1DeploymentGroup"],
        ["AWS::IAM::Role", "CodeDeployServiceRole"],
    ]
    for _, logical, physical in rows:
        assert re.fullmatch(rf"basic-dev-v1-{logical}-[0-9A-Z]{{12,13}}", physical)
    names = {logical: physical for _, logical, physical in rows}

    assert query(server, f"aws iam list-attached-role-policies --role-name {names['CodeDeployServiceRole']}") == {
        "AttachedPolicies": [{
            "PolicyName": "AWSCodeDeployRoleForLambda",
            "PolicyArn": "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"}]}

    application = names["ServerlessDeploymentApplication"]
    info = query(server, f"aws deploy get-application --application-name {application}")["application"]
    assert info.pop("applicationId") and info.pop("createTime")
    assert info == {"applicationName": application, "linkedToGitHub": False, "computePlatform": "Lambda"}
    groups = query(server, f"aws deploy list-deployment-groups --application-name {application}")
    assert groups["deploymentGroups"] == [names["Func1DeploymentGroup"]]
    info = query(server, f"aws deploy get-deployment-group --application-name {application}"
                         f" --deployment-group-name {names['Func1DeploymentGroup']}")["deploymentGroupInfo"]
    assert len(info.pop("deploymentGroupId")) == 36
    assert info == {
        "applicationName": application,
        "deploymentGroupName": names["Func1DeploymentGroup"],
        "deploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce",
        "ec2TagFilters": [],
        "onPremisesInstanceTagFilters": [],
        "autoScalingGroups": [],
        "serviceRoleArn": f"arn:aws:iam::000000000000:role/{names['CodeDeployServiceRole']}",
        "triggerConfigurations": [],
        "autoRollbackConfiguration": {
            "enabled": True,
            "events": ["DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE"],
        },
        "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        "computePlatform": "Lambda",
    }


def test_the_alias_has_the_update_policy(server, tmp_path):
    project = Project(server, tmp_path, "basic", "policy")
    project.write("func1", VERSION_1)
    project.deploy("CREATE")
    template = server.client("cloudformation").get_template(StackName="policy", TemplateStage="Processed")["TemplateBody"]
    assert template["Resources"]["Func1Aliasdev"]["UpdatePolicy"] == {"CodeDeployLambdaAliasUpdate": {
        "ApplicationName": {"Ref": "ServerlessDeploymentApplication"},
        "DeploymentGroupName": {"Ref": "Func1DeploymentGroup"}}}


def shift(server, folder, template):
    """Releases v1 and then v2, while somebody asks the printed endpoint all the time. Returns how many of the article's minutes the
    second release took, and the answers until its end and after it."""
    project = Project(server, folder, template, template)
    project.write("func1", HANDLER.replace("VERSION", "v1"))
    project.deploy("CREATE")
    project.wait("CREATE_COMPLETE")
    assert server.run(f"curl -s '{project.endpoint()}'") == '{"message": "v1"}'

    project.write("func1", HANDLER.replace("VERSION", "v2"))
    with Loop(server, project.endpoint(), MINUTE / 60) as loop:
        began = time.monotonic()
        project.deploy("UPDATE")
        project.wait("UPDATE_COMPLETE")
        minutes = (time.monotonic() - began) / MINUTE
        ended = len(loop.messages) + 1  # the call that runs now may have been chosen before
        project.until(lambda: len(loop.messages) > ended + 20)
    assert re.search(r"Func1Aliasdev UPDATE_IN_PROGRESS CodeDeploy deployment started: d-[0-9A-Z]{9}", project.events())
    return minutes, loop.messages[:ended], loop.messages[ended:]


def mixed(messages):
    """How often the answers change from one version to the other."""
    return sum(a != b for a, b in zip(messages, messages[1:]))


@pytest.mark.parametrize("template, lasts", [("linear", 9), ("canary", 5)])
def test_gradual_traffic(server, tmp_path, template, lasts):
    minutes, during, after = shift(server, tmp_path, template)
    assert minutes > lasts
    assert mixed(during) > 4
    assert set(after) == {"v2"}


def test_all_at_once(server, tmp_path):
    _, during, after = shift(server, tmp_path, "all-at-once")
    assert mixed(during) <= 1
    assert set(after) == {"v2"}


def test_an_alarm_rolls_the_stack_back(server, tmp_path):
    project = Project(server, tmp_path, "alarm", "alarm")
    project.write("func1", VERSION_1)
    project.deploy("CREATE")
    project.wait("CREATE_COMPLETE")
    functions, deployments = server.client("lambda"), server.client("codedeploy")
    name = project.resource("Func1")

    project.write("func1", VERSION_2)
    with Callers(lambda: functions.invoke(FunctionName=name, Qualifier="dev")):
        project.deploy("UPDATE")
        project.wait("UPDATE_ROLLBACK_COMPLETE")
    deployment = re.search(r"CodeDeploy deployment started: (d-[0-9A-Z]{9})", project.events())[1]
    printed = query(server, f"aws deploy get-deployment --deployment-id {deployment}"
                            " --query 'deploymentInfo.[deploymentOverview,errorInformation,rollbackInfo]'")
    rollback = printed[2]["rollbackDeploymentId"]
    assert printed == [
        {"Pending": 0, "InProgress": 0, "Succeeded": 0, "Failed": 1, "Skipped": 0, "Ready": 0},
        {"code": "ALARM_ACTIVE", "message": printed[1]["message"]},
        {"rollbackDeploymentId": rollback,
         "rollbackMessage": f"Deployment {deployment} terminated. Automatic rollback is triggered with a"
                            f" DeploymentId {rollback}."},
    ]
    assert deployments.get_deployment(deploymentId=rollback)["deploymentInfo"]["status"] == "Succeeded"
    assert re.search(rf'Func1Aliasdev UPDATE_FAILED Resource handler returned message: "{deployment} failed\.', project.events())
    alias = functions.get_alias(FunctionName=name, Name="dev")
    assert alias["FunctionVersion"] == "1" and not alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")


def hooked(server, folder, stack):
    project = Project(server, folder, "hooks", stack)
    for handler in ("func1", "pre-traffic-func", "post-traffic-func"):
        project.write(handler, (SAMPLES / "src" / "handlers" / handler / "index.py").read_text())
    return project


def test_hooks(server, tmp_path):
    project = hooked(server, tmp_path, "hooks")
    project.deploy("CREATE")
    project.wait("CREATE_COMPLETE")
    assert server.run(f"curl -s '{project.endpoint()}'") == '{"message": "1"}'

    code = (SAMPLES / "src" / "handlers" / "func1" / "index.py").read_text()
    project.write("func1", code + "# the second\n")
    project.deploy("UPDATE")
    project.wait("UPDATE_COMPLETE")
    assert server.run(f"curl -s '{project.endpoint()}'") == '{"message": "2"}'
    deployment = re.search(r"CodeDeploy deployment started: (d-[0-9A-Z]{9})", project.events())[1]
    for hook in ("PreTraffic", "PostTraffic"):
        logs = server.run(f"aws logs filter-log-events --log-group-name /aws/lambda/CodeDeployHook_{hook} --query events[].message")
        assert deployment in logs and "Error" not in logs

    project.write("func1", code.replace("context.function_version", "'another'"))
    project.deploy("UPDATE")
    project.wait("UPDATE_ROLLBACK_COMPLETE")
    assert server.run(f"curl -s '{project.endpoint()}'") == '{"message": "2"}'
