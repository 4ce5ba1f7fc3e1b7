"""What functions print, read with boto3 and with the AWS CLI as people type it."""

import json
import os
import re
import selectors
import shutil
import subprocess
import time

import pytest
from conftest import ROLE, eventually, package

# What the platform writes when a process begins, and what it writes in all.
BEGINNING = re.compile(r"INIT_START|\[WARN\]")
PLATFORM = re.compile(r"INIT_START|\[WARN\]|START|END|REPORT")
HANDLER = """
import json

def handler(event, context):
    print(event["say"] if isinstance(event["say"], str) else json.dumps(event["say"]))
    return context.log_stream_name
"""


@pytest.fixture(scope="module")
def logs(server):
    return server.client("logs")


@pytest.fixture
def function(functions, request):
    """A function of the test's name with a version 1. It prints what it is told to say, and answers its stream."""
    name = re.sub(r"\W", "-", request.node.name)[:64]
    functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"ZipFile": package({"index.py": HANDLER})}, Publish=True)
    return name


@pytest.fixture(scope="module")
def cli2():
    """An AWS CLI of version 2 with its endpoint: it alone has `aws logs tail`, and is in no package of Python's."""
    folders = os.environ["PATH"].split(os.pathsep)
    for command in filter(None, [os.environ.get("AWS_CLI_V2"), *(shutil.which("aws", path=f) for f in folders)]):
        shown = subprocess.run([command, "--version"], capture_output=True, text=True)
        if shown.stdout.startswith("aws-cli/2"):
            return f"{command} --endpoint-url $AWS_ENDPOINT_URL"  # older ones don't heed the variable
    pytest.skip("there is no AWS CLI of version 2 on the PATH, nor in AWS_CLI_V2")


def say(functions, function, *messages, version="1"):
    """Lets the function print messages, one a call, and returns the stream of the last."""
    for message in messages:
        out = functions.invoke(FunctionName=function, Qualifier=version, Payload=json.dumps({"say": message}))
        assert "FunctionError" not in out
        stream = json.load(out["Payload"])
    return stream


def found(logs, function, pattern, **more):
    """The messages in the function's group that match a pattern, without what the platform adds at their ends."""
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=f"/aws/lambda/{function}", filterPattern=pattern, **more)
    return [event["message"].strip() for page in pages for event in page["events"]]


def test_each_version_writes_to_streams_of_its_own(functions, logs, function):
    one, latest = say(functions, function, "from one"), say(functions, function, "from latest", version="$LATEST")
    group = f"/aws/lambda/{function}"
    [shown] = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    assert shown["arn"] == f"arn:aws:logs:us-east-1:000000000000:log-group:{group}:*"
    streams = {s["logStreamName"] for s in logs.describe_log_streams(logGroupName=group)["logStreams"]}
    assert streams == {one, latest}
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2}/\[1\][0-9a-f]{32}", one)
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2}/\[\$LATEST\][0-9a-f]{32}", latest)
    eventually(lambda: found(logs, function, "REPORT", logStreamNames=[one]))
    printed = [e["message"] for e in logs.get_log_events(logGroupName=group, logStreamName=one)["events"]]
    assert [m.split()[0] for m in printed if not BEGINNING.match(m)] == ["START", "from", "END", "REPORT"]
    assert "from one\n" in printed


def test_the_cli_reads_and_searches(server, functions, logs, function):
    stream = say(functions, function, "order 7 lost", "order 8 sold", {"order": 9, "state": "lost", "ms": 41.5})
    eventually(lambda: len(found(logs, function, "REPORT")) == 3)
    group = f"--log-group-name /aws/lambda/{function} --query 'events[].message' --output json"
    read = json.loads(server.run(f"aws logs get-log-events {group} --log-stream-name '{stream}' --start-from-head"))
    assert [m.strip() for m in read if "order" in m and m.startswith("order")] == ["order 7 lost", "order 8 sold"]

    def search(pattern):
        return [m.strip() for m in json.loads(server.run(f"aws logs filter-log-events {group} --filter-pattern '{pattern}'"))]

    assert search("order -sold -ms") == ["order 7 lost"]
    assert search("?sold ?7") == found(logs, function, "?sold ?7")
    assert "order 8 sold" in search("?sold ?7")
    assert search('{ $.state = "lost" && $.ms > 41 }') == ['{"order": 9, "state": "lost", "ms": 41.5}']
    assert search("[word = order, number > 7, state]") == ["order 8 sold"]
    assert search("%^order [0-9] lost$%".replace(" ", r"\s")) == ["order 7 lost"]


def test_tail(server, functions, logs, function, cli2):
    say(functions, function, "to be seen at once")
    eventually(lambda: found(logs, function, "seen"))
    shown = server.run(f"{cli2} logs tail /aws/lambda/{function} --since 5m")
    assert any(line.endswith("to be seen at once") and "[1]" in line for line in shown.splitlines())
    assert "START" not in server.run(f"{cli2} logs tail /aws/lambda/{function} --since 5m --filter-pattern seen")


def test_tail_follows(server, functions, function, cli2):
    say(functions, function, "before")
    following = subprocess.Popen(f"exec {cli2} logs tail /aws/lambda/{function} --follow --format short", shell=True,
                                 env=server.env, stdout=subprocess.PIPE)
    try:
        read_until(following, "before")
        say(functions, function, "afterwards")
        read_until(following, "afterwards")
    finally:
        following.kill()
        following.wait()


def read_until(process, line):
    """Reads until a line ends like this, for at most half a minute."""
    end, read = time.monotonic() + 30, b""
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while ready.select(end - time.monotonic()):
            more = os.read(process.stdout.fileno(), 65536)
            assert more, f"the process ended after {read}"
            read += more
            if f"{line}\n".encode() in read:
                return
    raise AssertionError(f"{line!r} did not come, but {read}")


def test_following_as_clients_do(functions, logs, function):
    """What `aws logs tail --follow` does: from the last time on, again and again, each event's id once."""
    seen, start = {}, int((time.time() - 60) * 1000)

    def look(text):
        nonlocal start
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{function}", interleaved=True, startTime=start)
        for event in (e for page in pages for e in page["events"]):
            assert seen.setdefault(event["eventId"], event) == event
            start = max(start, event["timestamp"])
        return any(e["message"].strip() == text for e in seen.values())

    for text in ("first", "second", "third"):
        say(functions, function, text)
        eventually(lambda text=text: look(text))
    texts = [e["message"].strip() for e in seen.values() if not PLATFORM.match(e["message"])]
    assert texts == ["first", "second", "third"]


def test_groups(logs):
    logs.create_log_group(logGroupName="own", tags={"team": "a"})
    with pytest.raises(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName="own")
    logs.put_retention_policy(logGroupName="own", retentionInDays=14)
    arn = "arn:aws:logs:us-east-1:000000000000:log-group:own"
    logs.tag_resource(resourceArn=arn, tags={"tier": "gold"})
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "a", "tier": "gold"}
    [shown] = logs.describe_log_groups(logGroupIdentifiers=[arn])["logGroups"]
    assert (shown["retentionInDays"], shown["metricFilterCount"], shown["logGroupArn"]) == (14, 0, arn)
    logs.delete_log_group(logGroupName="own")
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.filter_log_events(logGroupName="own")


def test_own_events_in_pages(logs):
    logs.create_log_group(logGroupName="pages")
    logs.create_log_stream(logGroupName="pages", logStreamName="s")
    now = int(time.time() * 1000)
    logs.put_log_events(logGroupName="pages", logStreamName="s", logEvents=[
        {"timestamp": now + i, "message": str(i)} for i in range(100)])
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName="pages", PaginationConfig={"PageSize": 7})
    assert [e["message"] for page in pages for e in page["events"]] == [str(i) for i in range(100)]
    last = logs.get_log_events(logGroupName="pages", logStreamName="s", limit=10)
    assert [e["message"] for e in last["events"]] == [str(i) for i in range(90, 100)]
    before = logs.get_log_events(logGroupName="pages", logStreamName="s", limit=10, nextToken=last["nextBackwardToken"])
    assert [e["message"] for e in before["events"]] == [str(i) for i in range(80, 90)]
    late = logs.put_log_events(logGroupName="pages", logStreamName="s", logEvents=[
        {"timestamp": now - 15 * 86_400_000, "message": "too old"}])
    assert late["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1}


def test_a_metric_filter_makes_an_alarm_ring(server, functions, logs, function):
    metrics = server.client("cloudwatch")
    say(functions, function, "order 1 sold")
    logs.put_metric_filter(
        logGroupName=f"/aws/lambda/{function}", filterName="lost", filterPattern="order lost",
        metricTransformations=[{"metricNamespace": "Shop", "metricName": "Lost", "metricValue": "1", "defaultValue": 0}])
    metrics.put_metric_alarm(
        AlarmName="orders-lost", Namespace="Shop", MetricName="Lost", Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=0, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching")

    def state():
        return metrics.describe_alarms(AlarmNames=["orders-lost"])["MetricAlarms"][0]["StateValue"]

    eventually(lambda: state() == "OK")
    say(functions, function, "order 2 lost")
    eventually(lambda: state() == "ALARM")
