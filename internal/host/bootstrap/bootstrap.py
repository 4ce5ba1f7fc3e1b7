"""Runs a function's handler written in Python.

It asks the Runtime API for calls, hands them to the handler and reports what comes of them. Errors, log lines and the
context have the forms that AWS gives them. An event of several lines is written with a NUL before each inner line end,
which tells the host to keep them together.
"""

import os
import sys

# Where to keep what is compiled. Most interpreters' own modules come compiled: with this as their cache too they would be
# compiled again for each version of a function, so it is used from the handler's import on, unless they are not.
BYTECODE = sys._xoptions.get("bytecode")
if not os.path.exists(os.path.join(os.path.dirname(os.__file__), "__pycache__", "os.%s.pyc" % sys.implementation.cache_tag)):
    sys.pycache_prefix = BYTECODE

import importlib
import json
import logging
import socket
import time
import traceback
import types

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
LAYER_ROOT = os.environ.get("LAMBDA_LAYER_ROOT")  # what stands in for /opt, if the function has layers
SELF = os.path.abspath(__file__)
AS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
current_request = ""  # the request id of the running call


class Connection:
    """One keep-alive connection to the Runtime API, which only sends bodies with a Content-Length."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def request(self, head, body=b""):
        self.socket.sendall(head + body)
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self.receive()
        lines = self.buffer[:end].split(b"\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            headers[name.strip().lower().decode()] = value.strip().decode("utf-8", "replace")
        size = end + 4 + int(headers.get("content-length", 0))
        if len(self.buffer) < size:
            self.receive_until(size)
        answer, self.buffer = self.buffer[end + 4 : size], self.buffer[size:]
        return headers, answer

    def receive(self):
        part = self.socket.recv(65536)
        if not part:
            sys.exit(0)  # the host has gone
        self.buffer += part

    def receive_until(self, size):
        parts, have = [self.buffer], len(self.buffer)
        while have < size:
            part = self.socket.recv(min(size - have, 1 << 20))
            if not part:
                sys.exit(0)
            parts.append(part)
            have += len(part)
        self.buffer = b"".join(parts)


class RuntimeAPI:
    PREFIX = b" /2018-06-01/runtime/"

    def __init__(self, address):
        self.connection = Connection(address)

    def next(self):
        return self.connection.request(b"GET" + self.PREFIX + b"invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n")

    def response(self, request, body):
        self.post(b"invocation/" + request.encode() + b"/response", body)

    def error(self, request, error):
        path = b"invocation/" + request.encode() + b"/error"
        self.post(path, json.dumps(error).encode(), error["errorType"])

    def init_error(self, error):
        self.post(b"init/error", json.dumps(error).encode(), error["errorType"])

    def post(self, path, body, error_type=None):
        head = b"POST" + self.PREFIX + path + b" HTTP/1.1\r\nHost: runtime\r\nContent-Type: application/json\r\n"
        if error_type:
            # A class's name can have letters that a header can't.
            name = "".join(c if 32 < ord(c) < 127 else "?" for c in error_type)
            head += b"Lambda-Runtime-Function-Error-Type: " + name.encode() + b"\r\n"
        self.connection.request(head + b"Content-Length: %d\r\n\r\n" % len(body), body)


class Fault(Exception):
    """An error that the runtime finds, and not the handler."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = "Runtime." + error_type
        self.trace = list(trace)


def as_on_aws(path):
    """Shows a path as it would be on AWS, where code is in /var/task layers in /opt and Python in /var/lang."""
    if path == TASK_ROOT or path.startswith(TASK_ROOT + "/"):
        return "/var/task" + path[len(TASK_ROOT) :]
    if LAYER_ROOT and path.startswith(LAYER_ROOT + "/"):
        return "/opt" + path[len(LAYER_ROOT) :]
    library = os.path.dirname(os.__file__)
    if path.startswith(library + "/"):
        return "/var/lang/lib/" + os.path.basename(library) + path[len(library) :]
    return path


def frames_of(error):
    """Returns the traceback's frames from the first one on that isn't this file's."""
    found = traceback.extract_tb(error.__traceback__)
    while found and found[0].filename == SELF:
        del found[0]
    return [(as_on_aws(f.filename), f.lineno, f.name, f.line) for f in found]


def report_of(error, request):
    if isinstance(error, Fault):
        return error_report(str(error), error.error_type, error.trace, request)
    return error_report(str(error), type(error).__name__, traceback.format_list(frames_of(error)), request)


def error_report(message, error_type, trace, request):
    return {"errorMessage": message, "errorType": error_type, "requestId": request, "stackTrace": trace}


def write_event(text):
    """Writes one log event, whatever line ends are in it."""
    if text.endswith("\n"):
        text = text[:-1]
    sys.stdout.write(text.replace("\n", "\0\n") + "\n")
    sys.stdout.flush()


def log_error(report):
    if AS_JSON:
        fields = {"timestamp": timestamp(), "level": "ERROR", **{k: v for k, v in report.items() if v}}
        write_event(json.dumps(fields, ensure_ascii=False))
        return
    lines = ["[ERROR] {}: {}".format(report["errorType"], report["errorMessage"])]
    if report["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        for entry in report["stackTrace"]:
            # Log viewers drop leading spaces, so AWS writes no-break spaces.
            for line in entry.splitlines():
                text = line.lstrip(" ")
                lines.append("\u00a0" * (len(line) - len(text)) + text)
    write_event("\n".join(lines))


class LogHandler(logging.Handler):
    """Writes each record as one event."""

    def emit(self, record):
        try:
            write_event(self.format(record))
        except Exception:
            self.handleError(record)


class LogFormatter(logging.Formatter):
    converter = time.gmtime

    def __init__(self):
        super().__init__("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record):
        record.aws_request_id = current_request
        return super().format(record)


def timestamp(at=None):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


class JSONFormatter(logging.Formatter):
    def format(self, record):
        event = {
            "timestamp": timestamp(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            event["errorType"] = record.exc_info[0].__name__
            event["errorMessage"] = str(record.exc_info[1])
            event["stackTrace"] = traceback.format_tb(record.exc_info[2])
        if current_request:
            event["requestId"] = current_request
        return json.dumps(event, default=str, ensure_ascii=False)


def set_up_logging():
    handler = LogHandler()
    handler.setFormatter(JSONFormatter() if AS_JSON else LogFormatter())
    logging.root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if AS_JSON and level:
        logging.root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level))


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None

    def __repr__(self):
        return "CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])"


CLIENT_FIELDS = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


def client_context_of(text):
    if not text:
        return None
    given = json.loads(text)
    client = given.get("client")
    if client is not None:
        client = types.SimpleNamespace(**{name: client.get(name) for name in CLIENT_FIELDS})
    return types.SimpleNamespace(custom=given.get("custom"), env=given.get("env"), client=client)


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.tenant_id = None
        self.client_context = client_context_of(headers.get("lambda-runtime-client-context"))
        self.identity = CognitoIdentity()
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, text):
        sys.stdout.write(str(text))

    def __repr__(self):
        fields = ",".join("{}={}".format(k, v) for k, v in self.__dict__.items() if not k.startswith("_"))
        return "LambdaContext([" + fields + "])"


def layer_paths():
    """Returns where modules lie in layers, for the Python that the function asks for."""
    if not LAYER_ROOT:
        return []
    version = os.environ["AWS_EXECUTION_ENV"].rpartition("_")[2]
    return [LAYER_ROOT + "/python/lib/" + version + "/site-packages", LAYER_ROOT + "/python"]


def find_handler(name):
    """Imports the module of module.function, where the module may be given as a path."""
    module_name, _, function_name = name.rpartition(".")
    if not module_name:
        raise Fault("MalformedHandlerName", "Bad handler '{}': not enough values to unpack (expected 2, got 1)".format(name))
    dotted = module_name.replace("/", ".")
    if dotted.split(".")[0] in sys.builtin_module_names:
        raise Fault("BuiltInModuleConflict", "Cannot use built-in module {} as a handler module".format(module_name))
    try:
        module = importlib.import_module(dotted)
    except ImportError as error:
        raise Fault("ImportModuleError", "Unable to import module '{}': {}".format(module_name, error)) from error
    except SyntaxError as error:
        place = '  File "{}" Line {}\n    {}'.format(as_on_aws(error.filename or ""), error.lineno, error.text)
        raise Fault("UserCodeSyntaxError", "Syntax error in module '{}': {}".format(module_name, error), [place]) from error
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("HandlerNotFound", "Handler '{}' missing on module '{}'".format(function_name, module_name)) from None


ENSURE_ASCII = sys.version_info < (3, 12)


def encode_special(value):
    if type(value).__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type {} is not JSON serializable".format(type(value).__name__))


def encode(value):
    try:
        return json.dumps(value, ensure_ascii=ENSURE_ASCII, default=encode_special).encode("utf-8", "surrogatepass")
    except Exception as error:
        raise Fault("MarshalError", "Unable to marshal response: {}".format(error)) from error


def decode(payload):
    try:
        return json.loads(payload)
    except Exception as error:
        raise Fault("UnmarshalError", "Unable to unmarshal input: {}".format(error)) from error


def run_call(api, handler, headers, payload):
    global current_request
    current_request = headers["lambda-runtime-aws-request-id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
    report = answer = None
    try:
        answer = encode(handler(decode(payload), LambdaContext(headers)))
    except Exception as error:
        report = report_of(error, current_request)
        log_error(report)
    finally:
        del os.environ["_X_AMZN_TRACE_ID"]
    sys.stdout.flush()
    sys.stderr.flush()
    if report is None:
        api.response(current_request, answer)
    else:
        api.error(current_request, report)
    current_request = ""


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    api = RuntimeAPI(os.environ["AWS_LAMBDA_RUNTIME_API"])
    set_up_logging()
    sys.path[0:1] = [TASK_ROOT, *layer_paths()]
    sys.pycache_prefix = BYTECODE
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as error:
        report = report_of(error, "")
        log_error(report)
        api.init_error(report)
        sys.exit(1)
    while True:
        headers, payload = api.next()
        if "lambda-runtime-aws-request-id" not in headers:
            sys.exit("The Runtime API gives no call: " + payload.decode("utf-8", "replace"))
        run_call(api, handler, headers, payload)


main()
