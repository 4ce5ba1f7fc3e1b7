"""Function URLs with boto3 and plain HTTP, by both forms of their address."""

import base64
import http.client
import json
import urllib.parse
import uuid

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import ROLE, package

ECHO = """
def handler(event, context):
    return event
"""
ANSWERS = """
import base64
def handler(event, context):
    if event["rawPath"] == "/binary":
        return {"statusCode": 200, "headers": {"content-type": "image/png"}, "isBase64Encoded": True,
                "body": base64.b64encode(bytes(range(256))).decode()}
    if event["rawPath"] == "/cookies":
        return {"statusCode": 200, "cookies": ["a=1", "b=2; Secure"], "body": ",".join(event.get("cookies", []))}
    if event["rawPath"] == "/broken":
        raise ValueError("no")
    return event["requestContext"]["http"]["method"]
"""


@pytest.fixture(scope="module")
def url(functions):
    """Makes a function with a URL that everybody may call."""
    def make(code, cors=None, auth="NONE", public=True):
        name = "u-" + uuid.uuid4().hex[:8]
        functions.create_function(FunctionName=name, Runtime="python3.12", Role=ROLE, Handler="index.handler",
                                  Code={"ZipFile": package({"index.py": code})})
        if public:
            functions.add_permission(FunctionName=name, StatementId="public", Action="lambda:InvokeFunctionUrl",
                                     Principal="*", FunctionUrlAuthType="NONE")
            functions.add_permission(FunctionName=name, StatementId="invoke", Action="lambda:InvokeFunction",
                                     Principal="*", InvokedViaFunctionUrl=True)
        made = functions.create_function_url_config(FunctionName=name, AuthType=auth, **({"Cors": cors} if cors else {}))
        return made["FunctionUrl"]
    return make


def visit(server, address, method="GET", path="/", body=None, headers=None):
    """Sends a request to the server with the URL's host as its Host: not every machine resolves *.localhost."""
    host = urllib.parse.urlsplit(address).netloc
    at = urllib.parse.urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(at, timeout=30)
    connection.request(method, path, body=body, headers={"Host": host, **(headers or {})})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_the_event(server, url):
    address = url(ECHO)
    answer, content = visit(server, address, "POST", "/a%20b/c?x=1&x=2&y=%C3%A9", b"text",
                            {"Content-Type": "text/plain", "Cookie": "k=v; l=w", "X-Twice": "1"})
    event = json.loads(content)
    assert answer.status == 200 and answer.headers["x-amzn-RequestId"]
    assert event["version"] == "2.0" and event["routeKey"] == "$default" and event["body"] == "text"
    assert event["rawQueryString"] == "x=1&x=2&y=%C3%A9" and event["queryStringParameters"] == {"x": "1,2", "y": "é"}
    assert event["cookies"] == ["k=v", "l=w"] and event["headers"]["x-twice"] == "1"
    assert event["requestContext"]["http"]["method"] == "POST"
    _, content = visit(server, address, "POST", "/", bytes(range(256)), {"Content-Type": "application/octet-stream"})
    event = json.loads(content)
    assert event["isBase64Encoded"] and base64.b64decode(event["body"]) == bytes(range(256))


def test_answers(server, url):
    address = url(ANSWERS)
    answer, content = visit(server, address, path="/binary")
    assert content == bytes(range(256)) and answer.headers["content-type"] == "image/png"
    answer, content = visit(server, address, path="/cookies", headers={"Cookie": "x=1; y=2"})
    assert answer.headers.get_all("set-cookie") == ["a=1", "b=2; Secure"] and content == b"x=1,y=2"
    answer, content = visit(server, address, "PATCH")
    assert (answer.status, content) == (200, b"PATCH") or json.loads(content) == "PATCH"
    answer, content = visit(server, address, path="/broken")
    assert (answer.status, content) == (502, b"Internal Server Error")
    assert visit(server, address, "HEAD")[1] == b""


def test_the_path_form(server, url):
    address = url(ECHO)
    identity = urllib.parse.urlsplit(address).netloc.split(".")[0]
    answer, content = visit(server, server.url, path=f"/_sluice/url/{identity}/deep%20and/er%2F?q=1")
    assert answer.status == 200 and json.loads(content)["rawPath"] == "/deep%20and/er%2F"


def test_who_may_call(server, functions, url):
    closed = url(ECHO, public=False)
    answer, content = visit(server, closed)
    assert answer.status == 403 and b"Forbidden" in content
    signed = url(ECHO, auth="AWS_IAM", public=False)
    assert visit(server, signed)[0].status == 403
    keys = Credentials(server.env["AWS_ACCESS_KEY_ID"], server.env["AWS_SECRET_ACCESS_KEY"])
    request = AWSRequest("POST", signed + "x?y=1", data=b"{}", headers={"Content-Type": "application/json"})
    SigV4Auth(keys, "lambda", "us-east-1").add_auth(request)
    answer, content = visit(server, signed, "POST", "/x?y=1", b"{}", dict(request.headers))
    assert answer.status == 200 and "iam" in json.loads(content)["requestContext"]["authorizer"]
    answer, _ = visit(server, signed, "POST", "/x?y=2", b"{}", dict(request.headers))
    assert answer.status == 403
    answer, content = visit(server, "http://" + "a" * 32 + ".lambda-url.us-east-1.localhost")
    assert answer.status == 403 and json.loads(content) == {"Message": None}


def test_cors(server, url):
    address = url(ECHO, cors={"AllowOrigins": ["https://example.com"], "AllowMethods": ["GET"], "MaxAge": 60})
    answer, content = visit(server, address, "OPTIONS", headers={"Origin": "https://example.com", "Access-Control-Request-Method": "GET"})
    assert answer.status in (200, 204) and content == b""
    assert answer.headers["Access-Control-Allow-Origin"] == "https://example.com" and answer.headers["Access-Control-Max-Age"] == "60"
    answer, _ = visit(server, address, headers={"Origin": "https://example.com"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://example.com"
    answer, _ = visit(server, address, headers={"Origin": "https://other.example"})
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_an_alias_has_its_own(server, functions, url):
    name = "u-" + uuid.uuid4().hex[:8]
    functions.create_function(FunctionName=name, Runtime="python3.12", Role=ROLE, Handler="index.handler", Publish=True,
                              Code={"ZipFile": package({"index.py": "def handler(event, context):\n    return context.invoked_function_arn\n"})})
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    functions.add_permission(FunctionName=name, Qualifier="live", StatementId="public", Action="lambda:InvokeFunctionUrl",
                             Principal="*", FunctionUrlAuthType="NONE")
    functions.add_permission(FunctionName=name, Qualifier="live", StatementId="invoke", Action="lambda:InvokeFunction",
                             Principal="*", InvokedViaFunctionUrl=True)
    address = functions.create_function_url_config(FunctionName=name, Qualifier="live", AuthType="NONE")["FunctionUrl"]
    assert visit(server, address)[1].decode().strip('"').endswith(f":{name}:live")
    assert [u["FunctionUrl"] for u in functions.list_function_url_configs(FunctionName=name)["FunctionUrlConfigs"]] == [address]
    functions.delete_alias(FunctionName=name, Name="live")
    assert visit(server, address)[0].status == 403
