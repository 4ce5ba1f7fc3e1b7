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


@pytest.fixture(scope="module")
def shifted(server):
    """A stack whose second release has arrived, and what its endpoint answered meanwhile and afterwards."""
    stack = Stack(server, "plain")
    release(stack, 1)
    stack.wait("CREATE_COMPLETE")
    with Loop(server, stack.endpoint(), SECOND) as loop:
        release(stack, 2)
        stack.wait("UPDATE_COMPLETE")
        ended = len(loop.messages) + 1  # the call that runs now may have been chosen before
        stack.until(lambda: len(loop.messages) > ended + 20)
    return stack, loop.messages[:ended], loop.messages[ended:]


def test_traffic_shifts(shifted):
    stack, during, after = shifted
    assert sum(a != b for a, b in zip(during, during[1:])) > 4
    assert set(after) == {"2"}
    assert re.search(r"Alias UPDATE_IN_PROGRESS CodeDeploy deployment started: d-[0-9A-Z]{9}", stack.events())


def test_an_alarm_takes_the_release_back(server, shifted):
    stack = shifted[0]
    functions, name = server.client("lambda"), stack.resource("Function")
    with Callers(lambda: functions.invoke(FunctionName=name, Qualifier="live")):
        release(stack, 3, "throw new Error('broken');\n          ")
        stack.wait("UPDATE_ROLLBACK_COMPLETE")
    alias = functions.get_alias(FunctionName=name, Name="live")
    assert alias["FunctionVersion"] == "2" and not alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")
    assert server.run(f"curl -s '{stack.endpoint()}'") == '{"message":"2"}'


def test_all_of_it_goes(server):
    stack = Stack(server, "gone")
    release(stack, 1)
    stack.wait("CREATE_COMPLETE")
    name, application = stack.resource("Function"), stack.resource("Application")
    stack.cloudformation.delete_stack(StackName="gone")
    stack.cloudformation.get_waiter("stack_delete_complete").wait(StackName="gone", WaiterConfig={"Delay": 1})
    assert name not in [f["FunctionName"] for f in server.client("lambda").list_functions()["Functions"]]
    assert application not in server.client("codedeploy").list_applications()["applications"]
