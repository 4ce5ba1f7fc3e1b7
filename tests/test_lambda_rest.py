"""Layers, concurrency, permissions, tags and settings with boto3 and the AWS CLI."""

import json
import threading
import time
import uuid

import pytest
from conftest import ROLE, eventually, package

SLOW = """
import time
def handler(event, context):
    time.sleep(event)
    return event
"""


def make(functions, code, handler="index.handler", files=None, **more):
    name = "r-" + uuid.uuid4().hex[:8]
    functions.create_function(FunctionName=name, Role=ROLE, Handler=handler, **{"Runtime": "python3.12"} | more,
                              Code={"ZipFile": package(files or {"index.py": code})})
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    return name


def call(functions, name, event=None):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event))
    body = answer["Payload"].read()
    assert "FunctionError" not in answer, body
    return json.loads(body)


def layer(functions, files, **more):
    return functions.publish_layer_version(LayerName="l-" + uuid.uuid4().hex[:8], Content={"ZipFile": package(files)}, **more)["LayerVersionArn"]


def test_a_python_layer(functions):
    first = layer(functions, {"python/greeting.py": "text = 'first'\n", "python/other.py": "text = 'other'\n"})
    second = layer(functions, {"python/greeting.py": "text = 'second'\n"})
    code = "import greeting, other\ndef handler(event, context):\n    return [greeting.text, other.text]\n"
    name = make(functions, code, Layers=[first, second])
    assert call(functions, name) == ["second", "other"]
    functions.delete_layer_version(LayerName=second.rsplit(":", 1)[0], VersionNumber=1)
    assert call(functions, name) == ["second", "other"]
    functions.update_function_configuration(FunctionName=name, Layers=[first])
    functions.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert call(functions, name) == ["first", "other"]


def test_a_node_layer(functions):
    arn = layer(functions, {"nodejs/node_modules/greeting/index.js": "exports.text = 'hello'\n"}, CompatibleRuntimes=["nodejs20.x"])
    files = {"index.js": "const g = require('greeting'); exports.handler = async () => g.text\n"}
    name = make(functions, "", files=files, Runtime="nodejs20.x", Layers=[arn])
    assert call(functions, name) == "hello"


def test_reserved_concurrency(functions):
    name = make(functions, SLOW)
    call(functions, name, 0)
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    with pytest.raises(functions.exceptions.TooManyRequestsException) as failure:
        call(functions, name, 0)
    assert failure.value.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
    running = threading.Thread(target=call, args=(functions, name, 2))
    running.start()

    def refused():
        try:
            call(functions, name, 0)
        except functions.exceptions.TooManyRequestsException:
            return True
    eventually(refused)
    running.join()
    functions.delete_function_concurrency(FunctionName=name)
    call(functions, name, 0)
    usage = functions.get_account_settings()
    assert usage["AccountLimit"]["ConcurrentExecutions"] == 1000 and usage["AccountUsage"]["FunctionCount"] >= 1


def test_provisioned_concurrency(functions):
    code = "import os\nkind = os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']\ndef handler(event, context):\n    return kind\n"
    name = make(functions, code, Publish=True)
    functions.put_provisioned_concurrency_config(FunctionName=name, Qualifier="1", ProvisionedConcurrentExecutions=2)
    state = eventually(lambda: (s := functions.get_provisioned_concurrency_config(FunctionName=name, Qualifier="1"))["Status"] == "READY" and s)
    assert state["AvailableProvisionedConcurrentExecutions"] == 2
    assert json.loads(functions.invoke(FunctionName=name, Qualifier="1")["Payload"].read()) == "provisioned-concurrency"
    assert call(functions, name) == "on-demand"


def test_permissions(functions):
    name = make(functions, SLOW)
    functions.add_permission(FunctionName=name, StatementId="api", Action="lambda:InvokeFunction",
                             Principal="apigateway.amazonaws.com", SourceArn="arn:aws:execute-api:us-east-1:000000000000:x/*")
    statement = json.loads(functions.get_policy(FunctionName=name)["Policy"])["Statement"][0]
    assert statement["Principal"] == {"Service": "apigateway.amazonaws.com"}
    assert statement["Condition"]["ArnLike"]["AWS:SourceArn"].startswith("arn:aws:execute-api:")
    functions.remove_permission(FunctionName=name, StatementId="api")
    with pytest.raises(functions.exceptions.ResourceNotFoundException):
        functions.get_policy(FunctionName=name)


def test_tags_and_settings(server, functions):
    name = make(functions, SLOW, Tags={"team": "payments"})
    arn = functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    functions.tag_resource(Resource=arn, Tags={"stage": "test"})
    functions.untag_resource(Resource=arn, TagKeys=["team"])
    assert functions.list_tags(Resource=arn)["Tags"] == {"stage": "test"}
    shown = json.loads(server.run(f"aws lambda get-function-recursion-config --function-name {name}"))
    assert shown == {"RecursiveLoop": "Terminate"}
    shown = json.loads(server.run(f"aws lambda get-runtime-management-config --function-name {name}"))
    assert shown["UpdateRuntimeOn"] == "Auto"
    assert "CodeSigningConfigArn" not in functions.get_function_code_signing_config(FunctionName=name)
    assert functions.list_event_source_mappings()["EventSourceMappings"] == []


def test_a_process_does_not_outlive_its_timeout(functions):
    code = """
import os, subprocess, sys
def handler(event, context):
    subprocess.Popen([sys.executable, "-c", "import os, time; os.setsid(); time.sleep(60)"], start_new_session=True)
    import time
    time.sleep(60)
"""
    name = make(functions, code, Timeout=1)
    began = time.monotonic()
    answer = functions.invoke(FunctionName=name, Payload=b"{}")
    assert "Timedout" in answer["Payload"].read().decode() and time.monotonic() - began < 10
