"""Servers for the tests with real clients. Each test module gets one of its own, at time scale 60."""

import io
import os
import pathlib
import signal
import subprocess
import sys
import time
import zipfile

import boto3
import botocore.config
import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLUICE = ROOT / "bin" / "sluice"
ROLE = "arn:aws:iam::000000000000:role/lambda"


class Server:
    """A running `sluice up`."""

    def __init__(self, data, scale=60, flags=(), with_boto3=False, proxy=False):
        self.data = data
        self.variables = [SLUICE, "env", "--data", data] + ["--proxy"] * proxy
        self.own = None
        if with_boto3:  # functions run on the first Python of the path
            self.own = os.environ | {"PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"}
        self.flags = [*flags, "--time-scale", str(scale)]
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SLUICE, "up", "--listen", "127.0.0.1:0", "--data", self.data, *self.flags],
            stdout=subprocess.PIPE, text=True, env=self.own)
        first = self.process.stdout.readline()
        assert "listens on" in first, f"sluice up printed {first!r}"
        self.url = next(word for word in first.split() if word.startswith("http://"))
        self.env = dict(os.environ)
        self.env.update(parse_env(subprocess.check_output(self.variables, text=True)))
        self.env["PATH"] = f"{pathlib.Path(sys.executable).parent}:{self.env['PATH']}"
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            self.env.pop(name, None)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0

    def client(self, service, **config):
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id=self.env["AWS_ACCESS_KEY_ID"], aws_secret_access_key=self.env["AWS_SECRET_ACCESS_KEY"],
            config=botocore.config.Config(retries={"total_max_attempts": 1}, **config))

    def run(self, command, cwd=None, check=True):
        """Runs a shell command with the variables that `sluice env` prints, and returns what it printed."""
        done = subprocess.run(command, shell=True, executable="/bin/bash", cwd=cwd, env=self.env,
                              capture_output=True, text=True)
        if check:
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout


def parse_env(text):
    variables = {}
    for line in text.splitlines():
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            variables[name] = value.strip("'")
    return variables


def package(files):
    """A zip with the given files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def eventually(holds):
    """Asks until something holds, for at most half a minute."""
    end = time.monotonic() + 30
    while not (found := holds()):
        assert time.monotonic() < end
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("data"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def functions(server):
    return server.client("lambda")


@pytest.fixture(scope="module")
def deployments(server):
    return server.client("codedeploy")
