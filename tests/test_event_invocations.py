"""Event invocations with boto3: retries, destinations, and a server that is killed."""

import json
import uuid

import botocore.exceptions
import pytest
from conftest import ROLE, Server, eventually, package

FLAKY = """
def handler(event, context):
    print("try", event["n"])
    if event.get("fails"):
        raise ValueError("no")
    return {"n": event["n"]}
"""
SINK = """
import json
def handler(event, context):
    print(json.dumps(event))
"""


def make(functions, code, **more):
    name = "f-" + uuid.uuid4().hex[:8]
    functions.create_function(FunctionName=name, Runtime="python3.12", Role=ROLE, Handler="index.handler",
                              Code={"ZipFile": package({"index.py": code})}, **more)
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    return name


def messages(server, name):
    logs = server.client("logs")
    try:
        events = logs.filter_log_events(logGroupName="/aws/lambda/" + name)["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []
    return [event["message"].strip() for event in events]


def records(server, sink):
    return [json.loads(m) for m in messages(server, sink) if m.startswith("{")]


def send(functions, name, event, **more):
    answer = functions.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event), **more)
    assert answer["StatusCode"] == 202 and answer["Payload"].read() == b"" and "ExecutedVersion" not in answer
    return answer["ResponseMetadata"]["RequestId"]


def test_destinations(server, functions):
    name, sink = make(functions, FLAKY), make(functions, SINK)
    arn = functions.get_function(FunctionName=sink)["Configuration"]["FunctionArn"]
    functions.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=1,
        DestinationConfig={"OnSuccess": {"Destination": arn}, "OnFailure": {"Destination": arn}})
    good, bad = send(functions, name, {"n": 1}), send(functions, name, {"n": 2, "fails": True})
    eventually(lambda: len(records(server, sink)) == 2)
    found = {record["requestContext"]["requestId"]: record for record in records(server, sink)}
    assert found[good]["requestContext"]["condition"] == "Success" and found[good]["responsePayload"] == {"n": 1}
    assert found[bad]["requestContext"]["condition"] == "RetriesExhausted"
    assert found[bad]["requestContext"]["approximateInvokeCount"] == 2
    assert messages(server, name).count("try 2") == 2


def test_what_is_refused(functions):
    name = make(functions, FLAKY)
    with pytest.raises(functions.exceptions.ResourceNotFoundException):
        functions.invoke(FunctionName="none", InvocationType="Event", Payload=b"{}")
    with pytest.raises(functions.exceptions.InvalidRequestContentException):
        functions.invoke(FunctionName=name, InvocationType="Event", Payload=b"{")
    with pytest.raises(botocore.exceptions.ClientError, match="RequestEntityTooLarge"):
        functions.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps("x" * 1_100_000))
    with pytest.raises(functions.exceptions.InvalidParameterValueException, match="sqs|queue"):
        functions.put_function_event_invoke_config(
            FunctionName=name, DestinationConfig={"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:q"}})


def test_nothing_acknowledged_is_lost(tmp_path):
    server = Server(tmp_path / "data")
    functions = server.client("lambda")
    name = make(functions, FLAKY)
    for n in range(100):
        send(functions, name, {"n": n})
    server.kill()
    server.start()
    tries = {f"try {n}" for n in range(100)}
    eventually(lambda: tries <= set(messages(server, name)))
    server.stop()


def test_metrics(server, functions):
    name = make(functions, FLAKY)
    for n in range(3):
        send(functions, name, {"n": n})
    metrics = server.client("cloudwatch")

    def received():
        found = metrics.list_metrics(Namespace="AWS/Lambda", MetricName="AsyncEventsReceived",
                                     Dimensions=[{"Name": "FunctionName", "Value": name}])
        return found["Metrics"]
    eventually(received)


def test_with_the_cli(server, functions):
    name = make(functions, FLAKY)
    printed = server.run(f"aws lambda invoke --function-name {name} --invocation-type Event --payload '{{\"n\": 7}}' "
                         "--cli-binary-format raw-in-base64-out /dev/null 2>/dev/null || "
                         f"aws lambda invoke --function-name {name} --invocation-type Event --payload '{{\"n\": 7}}' /dev/null")
    assert json.loads(printed)["StatusCode"] == 202
    eventually(lambda: "try 7" in messages(server, name))
    shown = server.run(f"aws lambda put-function-event-invoke-config --function-name {name} --maximum-event-age-in-seconds 60")
    assert json.loads(shown)["MaximumEventAgeInSeconds"] == 60
