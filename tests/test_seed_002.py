"""The kinds of resources that the article on canary deployments in Serverless lists, in a plain CloudFormation template."""

import re

import pytest
from conftest import ROOT, Server
from stacks import Callers, Loop, Stack

TEMPLATE = ROOT / "examples" / "plain-stack" / "template.yml"
SECOND = 1 / 60  # of the cloud, in seconds here


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("data"), proxy=True)
    yield running
    running.stop()


def release(stack, number, code=""):
    """Creates the stack, or updates it with a version of that number."""
    template = TEMPLATE.read_text().replace("Version1", f"Version{number}")
    template = template.replace("exports.handler", f"// release {number}\n          {code}exports.handler")
    return stack.release("CREATE" if number == 1 else "UPDATE", template)


def test_traffic_shifts(server):
    stack = Stack(server, "plain")
    release(stack, 1)
    stack.wait("CREATE_COMPLETE")
    with Loop(server, stack.endpoint(), SECOND) as loop:
        release(stack, 2)
        stack.wait("UPDATE_COMPLETE")
        before = len(loop.messages)
        stack.until(lambda: len(loop.messages) > before + 20)
    assert set(loop.messages[before + 1:]) == {"2"}
    assert sum(a != b for a, b in zip(loop.messages, loop.messages[1:])) > 4
    assert re.search(r"Alias UPDATE_IN_PROGRESS CodeDeploy deployment started: d-[0-9A-Z]{9}", stack.events())


def test_an_alarm_takes_the_release_back(server):
    stack = Stack(server, "plain")
    functions, name = server.client("lambda"), stack.resource("Function")
    with Callers(lambda: functions.invoke(FunctionName=name, Qualifier="live")):
        release(stack, 3, "throw new Error('broken');\n          ")
        stack.wait("UPDATE_ROLLBACK_COMPLETE")
    alias = functions.get_alias(FunctionName=name, Name="live")
    assert alias["FunctionVersion"] == "2" and not alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")
    assert server.run(f"curl -s '{stack.endpoint()}'") == '{"message":"2"}'


def test_all_of_it_goes(server):
    stack = Stack(server, "plain")
    name = stack.resource("Function")
    stack.cloudformation.delete_stack(StackName="plain")
    stack.cloudformation.get_waiter("stack_delete_complete").wait(StackName="plain", WaiterConfig={"Delay": 1})
    names = [f["FunctionName"] for f in server.client("lambda").list_functions()["Functions"]]
    assert name not in names
    assert server.client("codedeploy").list_applications()["applications"] == []
