"""Answers that are read while the function writes them, with boto3."""

import base64
import http.server
import threading

import pytest

from conftest import ROLE, package

# The function writes, waits until its reader lets it, and writes on.
NODE = """
const { pipeline } = require('node:stream/promises');
exports.handler = awslambda.streamifyResponse(async (event, responseStream, context) => {
  responseStream.setContentType('text/plain');
  responseStream.write('first');
  if (event.gate) await fetch(event.gate);
  console.log('went on');
  if (event.fail) throw new RangeError('on purpose');
  if (event.size) await pipeline((function* () { for (let i = 0; i < event.size; i++) yield 'x'.repeat(1 << 20); })(), responseStream);
  else responseStream.end('last');
});
"""
BUFFERED = "def handler(event, context):\n    if event.get('fail'):\n        raise KeyError('on purpose')\n    return event\n"


@pytest.fixture(scope="module")
def streamed(functions):
    functions.create_function(
        FunctionName="streams", Runtime="nodejs22.x", Handler="index.handler", Role=ROLE, Timeout=20,
        Code={"ZipFile": package({"index.js": NODE})}, Publish=True)
    functions.get_waiter("function_active_v2").wait(FunctionName="streams")
    functions.create_alias(FunctionName="streams", Name="LIVE", FunctionVersion="1")
    return "streams"


@pytest.fixture(scope="module")
def buffered(functions):
    functions.create_function(
        FunctionName="buffers", Runtime="python3.12", Handler="index.handler", Role=ROLE,
        Code={"ZipFile": package({"index.py": BUFFERED})})
    functions.get_waiter("function_active_v2").wait(FunctionName="buffers")
    return "buffers"


def read(answer):
    """The pieces of an answer, and its last event."""
    *pieces, end = list(answer["EventStream"])
    return b"".join(piece["PayloadChunk"]["Payload"] for piece in pieces), end["InvokeComplete"]


@pytest.fixture
def gate():
    """An address that answers once the event is set, and the event."""
    opened = threading.Event()

    class Gate(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            opened.wait(timeout=20)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gate) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/", opened
        server.shutdown()


def test_the_first_piece_is_read_before_the_last_is_written(functions, streamed, gate):
    address, opened = gate
    answer = functions.invoke_with_response_stream(FunctionName=streamed, Payload=f'{{"gate": "{address}"}}')
    assert answer["StatusCode"] == 200
    assert answer["ExecutedVersion"] == "$LATEST"
    events = iter(answer["EventStream"])
    assert next(events) == {"PayloadChunk": {"Payload": b"first"}}
    opened.set()
    assert next(events) == {"PayloadChunk": {"Payload": b"last"}}
    assert next(events) == {"InvokeComplete": {}}


def test_the_log_comes_last(functions, streamed):
    answer = functions.invoke_with_response_stream(FunctionName=streamed, Qualifier="LIVE", LogType="Tail", Payload=b"{}")
    assert answer["ExecutedVersion"] == "1"
    body, end = read(answer)
    assert body == b"firstlast"
    log = base64.b64decode(end["LogResult"]).decode()
    assert "went on" in log and "\nREPORT RequestId: " in log


def test_an_error_midway(functions, streamed):
    body, end = read(functions.invoke_with_response_stream(FunctionName=streamed, Payload=b'{"fail": true}'))
    assert body == b"first"
    assert end["ErrorCode"] == "RangeError"
    assert '"errorMessage":"on purpose"' in end["ErrorDetails"]


def test_a_large_answer(functions, streamed):
    body, end = read(functions.invoke_with_response_stream(FunctionName=streamed, Payload=b'{"size": 50}'))
    assert len(body) == len("first") + 50 * (1 << 20) and end == {}


def test_a_reader_who_leaves_harms_nobody(functions, streamed):
    answer = functions.invoke_with_response_stream(FunctionName=streamed, Payload=b'{"size": 50}')
    next(iter(answer["EventStream"]))
    answer["EventStream"].close()
    assert functions.invoke(FunctionName=streamed, Payload=b"{}")["Payload"].read() == b"firstlast"


def test_a_streaming_function_without_a_stream(functions, streamed):
    answer = functions.invoke(FunctionName=streamed, Payload=b"{}")
    assert answer["Payload"].read() == b"firstlast" and "FunctionError" not in answer


def test_a_function_that_does_not_stream(functions, buffered):
    assert read(functions.invoke_with_response_stream(FunctionName=buffered, Payload=b'{"a": 1}')) == (b'{"a": 1}', {})
    body, end = read(functions.invoke_with_response_stream(FunctionName=buffered, Payload=b'{"fail": 1}'))
    assert body == b"" and end["ErrorCode"] == "Unhandled" and '"errorType": "KeyError"' in end["ErrorDetails"]


def test_a_dry_run(functions, streamed):
    assert functions.invoke_with_response_stream(FunctionName=streamed, InvocationType="DryRun")["StatusCode"] == 204


def test_no_function(functions):
    with pytest.raises(functions.exceptions.ResourceNotFoundException, match="Function not found"):
        functions.invoke_with_response_stream(FunctionName="nobody")
