"""Metrics and alarms with boto3, in each protocol that CloudWatch speaks, and with the AWS CLI as people type it."""

import datetime
import json
import math
import re
import time

import boto3
import botocore.exceptions
import pytest
from conftest import ROLE, Server, eventually, package

PROTOCOLS = ["smithy-rpc-v2-cbor", "json", "query"]
FAILS = "def handler(event, context):\n    raise Exception('on purpose')\n"
TELLS = "import json\n\n\ndef handler(event, context):\n    print('EVENT', json.dumps(event))\n"


def speaking(server, protocol):
    """A client that knows one protocol only, as SDKs of some age do. boto3 itself takes the newest."""
    session = boto3.Session(aws_access_key_id=server.env["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=server.env["AWS_SECRET_ACCESS_KEY"], region_name="us-east-1")
    model = session._session.get_component("data_loader").load_service_model("cloudwatch", "service-2")
    model["metadata"].update(protocol=protocol, protocols=[protocol])  # the loader hands out the same one again
    client = session.client("cloudwatch", endpoint_url=server.url)
    assert client.meta.service_model.resolved_protocol == protocol
    return client


@pytest.fixture(scope="module", params=PROTOCOLS)
def metrics(server, request):
    return speaking(server, request.param)


@pytest.fixture(scope="module")
def alarms(server):
    return server.client("cloudwatch")


@pytest.fixture
def name(request):
    return re.sub(r"\W+", "-", request.node.name).strip("-")


@pytest.fixture
def function(functions, name):
    functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"ZipFile": package({"index.py": FAILS})})
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    return name


def threshold(name, **more):
    return {"AlarmName": name, "Namespace": "own", "MetricName": "m", "Statistic": "Sum", "Period": 60,
            "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold", "Threshold": 1.0, **more}


def state(alarms, name, of="MetricAlarms"):
    [alarm] = alarms.describe_alarms(AlarmNames=[name], AlarmTypes=[of.removesuffix("s")])[of]
    return alarm["StateValue"]


def refused(code, status, call, **request):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        call(**request)
    assert error.value.response["Error"]["Code"] == code
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    return error.value.response["Error"]["Message"]


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def test_times_and_doubles_in_each_protocol(metrics, name):
    at = now() - datetime.timedelta(minutes=5)
    values = [0.1, -1.5e90, 3.0, 12345678.875]
    metrics.put_metric_data(Namespace="own", MetricData=[
        {"MetricName": name, "Timestamp": at, "Values": values, "Counts": [1, 2, 3, 4], "Unit": "Count",
         "Dimensions": [{"Name": "kind", "Value": "<&> +%"}]},
    ])
    out = metrics.get_metric_statistics(
        Namespace="own", MetricName=name, Dimensions=[{"Name": "kind", "Value": "<&> +%"}], StartTime=at, EndTime=now(),
        Period=60, Statistics=["Sum", "SampleCount", "Minimum", "Maximum"])
    [point] = out["Datapoints"]
    assert point["SampleCount"] == 10.0 and point["Maximum"] == 12345678.875 and point["Minimum"] == values[1]
    assert point["Sum"] == pytest.approx(math.fsum(v * n for v, n in zip(values, [1, 2, 3, 4])))
    assert abs(point["Timestamp"] - at) < datetime.timedelta(minutes=1)
    assert point["Unit"] == "Count" and out["Label"] == name


def test_much_data_is_packed(metrics, name):
    at = now() - datetime.timedelta(minutes=5)
    sent = []
    metrics.meta.events.register("before-send.cloudwatch.PutMetricData", lambda request, **_: sent.append(request.headers))
    metrics.put_metric_data(Namespace="own", MetricData=[
        {"MetricName": name, "Timestamp": at, "Value": n, "Dimensions": [{"Name": f"d{k}", "Value": "v" * 20} for k in range(10)]}
        for n in range(1000)])
    assert sent[0]["Content-Encoding"] in ("gzip", b"gzip")
    [one] = metrics.list_metrics(Namespace="own", MetricName=name)["Metrics"]
    [point] = metrics.get_metric_statistics(
        Namespace="own", MetricName=name, Dimensions=one["Dimensions"], StartTime=at, EndTime=now(), Period=60,
        Statistics=["Sum"])["Datapoints"]
    assert len(one["Dimensions"]) == 10 and point["Sum"] == 999 * 1000 / 2


def test_an_alarms_life(metrics, name):
    metrics.put_metric_alarm(**threshold(name, AlarmDescription="<d>", TreatMissingData="ignore", Threshold=1.5, Tags=[
        {"Key": "k", "Value": "v"}]))
    metrics.get_waiter("alarm_exists").wait(AlarmNames=[name], WaiterConfig={"Delay": 0.1, "MaxAttempts": 20})
    [alarm] = metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert (alarm["StateValue"], alarm["Threshold"], alarm["AlarmDescription"]) == ("INSUFFICIENT_DATA", 1.5, "<d>")
    assert alarm["Dimensions"] == alarm["AlarmActions"] == alarm["OKActions"] == alarm["InsufficientDataActions"] == []
    assert abs(alarm["StateUpdatedTimestamp"] - now()) < datetime.timedelta(minutes=1)
    assert "DatapointsToAlarm" not in alarm
    assert metrics.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"] == [{"Key": "k", "Value": "v"}]
    metrics.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a test", StateReasonData='{"a": 1}')
    [alarm] = metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert (alarm["StateValue"], alarm["StateReason"], alarm["StateReasonData"]) == ("ALARM", "a test", '{"a": 1}')
    [change, made] = metrics.describe_alarm_history(AlarmName=name)["AlarmHistoryItems"]
    assert change["HistorySummary"] == "Alarm updated from INSUFFICIENT_DATA to ALARM"
    assert json.loads(change["HistoryData"])["newState"]["stateReasonData"] == {"a": 1}
    assert made["HistorySummary"] == f'Alarm "{name}" created'
    metrics.delete_alarms(AlarmNames=[name])
    assert metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"] == []


def test_errors_in_each_protocol(metrics):
    message = refused("ValidationError", 400, metrics.set_alarm_state, AlarmName="a", StateValue="GOOD", StateReason="r")
    assert message == ("1 validation error detected: Value 'GOOD' at 'stateValue' failed to satisfy constraint: Member must "
                       "satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]")
    assert not refused("ResourceNotFound", 404, metrics.set_alarm_state, AlarmName="none", StateValue="OK", StateReason="r")
    refused("InvalidParameterCombination", 400, metrics.put_metric_alarm, **threshold("a", ExtendedStatistic="p99"))
    with pytest.raises(metrics.exceptions.ResourceNotFound):
        metrics.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="r")
    assert "PutInsightRule" in refused("NotImplemented", 400, metrics.put_insight_rule, RuleName="r", RuleDefinition="{}")


def test_pages(metrics, name):
    made = [f"{name}-{n}" for n in range(5)]
    for each in made:
        metrics.put_metric_alarm(**threshold(each))
    pages = metrics.get_paginator("describe_alarms").paginate(AlarmNamePrefix=name, PaginationConfig={"PageSize": 2})
    assert [[a["AlarmName"] for a in page["MetricAlarms"]] for page in pages] == [made[:2], made[2:4], made[4:]]
    metrics.delete_alarms(AlarmNames=made)


def test_metric_math_over_a_functions_errors(alarms, functions, function, name):
    """The error rate of a function that fails, over one minute of the cloud: a second."""
    def measured(metric):
        return {"Metric": {"Namespace": "AWS/Lambda", "MetricName": metric,
                           "Dimensions": [{"Name": "FunctionName", "Value": function}]}, "Period": 60, "Stat": "Sum"}
    alarms.put_metric_alarm(
        AlarmName=name, EvaluationPeriods=1, ComparisonOperator="GreaterThanThreshold", Threshold=50.0,
        TreatMissingData="notBreaching", Metrics=[
            {"Id": "rate", "Expression": "100*errors/calls", "Label": "error rate"},
            {"Id": "errors", "ReturnData": False, "MetricStat": measured("Errors")},
            {"Id": "calls", "ReturnData": False, "MetricStat": measured("Invocations")},
        ])

    def rings():
        assert functions.invoke(FunctionName=function)["FunctionError"] == "Unhandled"
        return state(alarms, name) == "ALARM"
    eventually(rings)
    [alarm] = alarms.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert re.match(r"Threshold Crossed: 1 datapoint \[100\.0 \(.*\)\] was greater than the threshold \(50\.0\)\.", alarm["StateReason"])
    eventually(lambda: state(alarms, name) == "OK")  # nobody calls any more
    summaries = [h["HistorySummary"] for h in alarms.describe_alarm_history(
        AlarmName=name, HistoryItemType="StateUpdate")["AlarmHistoryItems"]]
    assert "Alarm updated from ALARM to OK" == summaries[0] and len(summaries) >= 2


def test_invocations_are_measured(metrics, functions, function):
    functions.publish_version(FunctionName=function)
    functions.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    begun = now()
    for _ in range(3):
        functions.invoke(FunctionName=function, Qualifier="live")
    for dimensions in ({}, {"Resource": f"{function}:live"}, {"Resource": f"{function}:live", "ExecutedVersion": "1"}):
        dimensions = [{"Name": "FunctionName", "Value": function}, *({"Name": k, "Value": v} for k, v in dimensions.items())]
        out = metrics.get_metric_data(
            StartTime=begun - datetime.timedelta(minutes=2), EndTime=begun + datetime.timedelta(minutes=2), MetricDataQueries=[
                {"Id": metric.lower(), "MetricStat": {"Stat": stat, "Period": 300, "Metric": {
                    "Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}}}
                for metric, stat in (("Invocations", "Sum"), ("Errors", "Sum"), ("Throttles", "Sum"), ("Duration", "p99"))])
        sums = {r["Id"]: sum(r["Values"]) for r in out["MetricDataResults"]}
        assert (sums["invocations"], sums["errors"], sums["throttles"]) == (3, 3, 0), dimensions
        assert 0 < sums["duration"] < 60_000


def test_an_alarm_calls_a_function(server, alarms, functions, name):
    arn = functions.create_function(FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=ROLE,
                                    Code={"ZipFile": package({"index.py": TELLS})})["FunctionArn"]
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    topic = "arn:aws:sns:us-east-1:000000000000:topic"
    alarms.put_metric_alarm(**threshold(name, TreatMissingData="ignore", AlarmDescription="calls", AlarmActions=[topic, arn],
                                        Dimensions=[{"Name": "d", "Value": "v"}]))
    alarms.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a test")
    logs = server.client("logs")

    def told():
        try:
            return logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="EVENT")["events"]
        except logs.exceptions.ResourceNotFoundException:
            return []
    [line] = eventually(told)
    event = json.loads(line["message"].split("EVENT ")[1])
    assert event["source"] == "aws.cloudwatch" and event["region"] == "us-east-1" and event["accountId"] == "000000000000"
    assert event["alarmArn"] == f"arn:aws:cloudwatch:us-east-1:000000000000:alarm:{name}"
    data = event["alarmData"]
    assert data["alarmName"] == name and data["state"]["value"] == "ALARM" and data["state"]["reason"] == "a test"
    assert data["previousState"]["value"] == "INSUFFICIENT_DATA"
    [metric] = data["configuration"]["metrics"]
    assert data["configuration"]["description"] == "calls" and metric["returnData"] is True
    assert metric["metricStat"] == {"metric": {"namespace": "own", "name": "m", "dimensions": {"d": "v"}}, "period": 60, "stat": "Sum"}

    def history():
        items = alarms.describe_alarm_history(AlarmName=name, HistoryItemType="Action")["AlarmHistoryItems"]
        return len(items) == 2 and {h["HistorySummary"] for h in items}
    assert eventually(history) == {f"Successfully executed action {arn}", f"Failed to execute action {topic}"}


def test_disabled_actions_are_not_run(alarms, functions, function, name):
    arn = functions.get_function(FunctionName=function)["Configuration"]["FunctionArn"]
    alarms.put_metric_alarm(**threshold(name, TreatMissingData="ignore", AlarmActions=[arn]))
    alarms.disable_alarm_actions(AlarmNames=[name])
    alarms.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="silent")
    alarms.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="again")
    alarms.enable_alarm_actions(AlarmNames=[name])
    alarms.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="loud")

    def calls():
        return alarms.describe_alarm_history(AlarmName=name, HistoryItemType="Action")["AlarmHistoryItems"]
    assert len(eventually(calls)) == 1


def test_a_composite_alarm_follows_its_children(alarms, name):
    children = [f"{name}-1", f"{name}-2"]
    for child in children:
        alarms.put_metric_alarm(**threshold(child, TreatMissingData="ignore"))
    alarms.put_composite_alarm(AlarmName=name, AlarmRule=f'ALARM("{children[0]}") AND NOT ALARM({children[1]})')
    alarms.get_waiter("composite_alarm_exists").wait(AlarmNames=[name], AlarmTypes=["CompositeAlarm"],
                                                     WaiterConfig={"Delay": 0.1, "MaxAttempts": 20})
    alarms.set_alarm_state(AlarmName=children[0], StateValue="ALARM", StateReason="r")
    eventually(lambda: state(alarms, name, "CompositeAlarms") == "ALARM")
    alarms.set_alarm_state(AlarmName=children[1], StateValue="ALARM", StateReason="r")
    eventually(lambda: state(alarms, name, "CompositeAlarms") == "OK")
    assert [a["AlarmName"] for a in alarms.describe_alarms(ChildrenOfAlarmName=name)["MetricAlarms"]] == children
    alarms.delete_alarms(AlarmNames=[name])
    alarms.delete_alarms(AlarmNames=children)


def test_alarms_and_metrics_outlive_the_server(tmp_path):
    running = Server(tmp_path / "data")
    at = now() - datetime.timedelta(minutes=5)
    first = running.client("cloudwatch")
    first.put_metric_alarm(**threshold("stays", TreatMissingData="ignore"))
    first.set_alarm_state(AlarmName="stays", StateValue="ALARM", StateReason="before")
    first.put_metric_data(Namespace="own", MetricData=[{"MetricName": "stays", "Timestamp": at, "Value": 7}])
    running.kill()
    running.start()
    again = running.client("cloudwatch")
    [alarm] = again.describe_alarms(AlarmNames=["stays"])["MetricAlarms"]
    assert (alarm["StateValue"], alarm["StateReason"]) == ("ALARM", "before")
    [point] = again.get_metric_statistics(Namespace="own", MetricName="stays", StartTime=at, EndTime=now(), Period=60,
                                          Statistics=["Sum"])["Datapoints"]
    assert point["Sum"] == 7
    running.stop()


def test_with_the_command_line(server, name):
    def aws(command):
        out = server.run("aws cloudwatch " + command)
        return json.loads(out) if out else None

    aws(f"put-metric-alarm --alarm-name {name} --namespace typed --metric-name m --statistic Maximum --period 60 "
        "--evaluation-periods 1 --threshold 10 --comparison-operator GreaterThanOrEqualToThreshold "
        "--dimensions Name=a,Value=b --treat-missing-data ignore --tags Key=k,Value=v")
    aws(f"wait alarm-exists --alarm-names {name}")
    end = time.monotonic() + 30
    while aws(f"describe-alarms --alarm-names {name} --query 'MetricAlarms[].StateValue'") != ["ALARM"]:
        aws("put-metric-data --namespace typed --metric-name m --value 12 --dimensions a=b --storage-resolution 1")
        assert time.monotonic() < end
    listed = aws("list-metrics --namespace typed")["Metrics"]
    assert listed == [{"Namespace": "typed", "MetricName": "m", "Dimensions": [{"Name": "a", "Value": "b"}]}]
    shown = aws("describe-alarms-for-metric --namespace typed --metric-name m --dimensions Name=a,Value=b --statistic Maximum")
    assert [a["AlarmName"] for a in shown["MetricAlarms"]] == [name]
    history = aws(f"describe-alarm-history --alarm-name {name} --history-item-type StateUpdate --max-items 1")
    assert history["AlarmHistoryItems"][0]["HistorySummary"].endswith(" to ALARM")
    aws(f"set-alarm-state --alarm-name {name} --state-value OK --state-reason tested")
    aws(f"delete-alarms --alarm-names {name}")
    said = server.run(f"aws cloudwatch set-alarm-state --alarm-name {name} --state-value OK --state-reason r 2>&1", check=False)
    assert "(ResourceNotFound)" in said
