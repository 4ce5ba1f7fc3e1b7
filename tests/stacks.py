"""Stacks for the tests: templates, packaged and deployed as `aws cloudformation` does, and callers of their APIs."""

import collections
import pathlib
import shutil
import threading
import time

import requests
from conftest import ROOT

SAMPLES = ROOT / "examples" / "safe-deployments"


class Stack:
    """A stack of a server, changed and watched as `aws cloudformation deploy` does, but asked more often how far it is."""

    def __init__(self, server, name):
        self.name, self.cloudformation = name, server.client("cloudformation")

    def release(self, kind, template, parameters=()):
        """Makes a change set, CREATE or UPDATE, and executes it."""
        made = self.cloudformation.create_change_set(
            StackName=self.name, ChangeSetName=f"release-{time.time_ns()}", ChangeSetType=kind, TemplateBody=template,
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters], Capabilities=["CAPABILITY_IAM"])
        self.until(lambda: self.cloudformation.describe_change_set(ChangeSetName=made["Id"])["Status"] == "CREATE_COMPLETE")
        self.cloudformation.execute_change_set(ChangeSetName=made["Id"])

    def until(self, holds, seconds=60):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.events()
            time.sleep(0.05)

    def wait(self, status):
        self.until(lambda: not self.described()["StackStatus"].endswith("_IN_PROGRESS"))
        assert self.described()["StackStatus"] == status, self.events()

    def described(self):
        return self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]

    def events(self):
        return "\n".join(
            f"{e['LogicalResourceId']} {e['ResourceStatus']} {e.get('ResourceStatusReason', '')}"
            for e in self.cloudformation.describe_stack_events(StackName=self.name)["StackEvents"])

    def resource(self, logical):
        return self.cloudformation.describe_stack_resource(
            StackName=self.name, LogicalResourceId=logical)["StackResourceDetail"]["PhysicalResourceId"]

    def endpoint(self):
        return {o["OutputKey"]: o["OutputValue"] for o in self.described()["Outputs"]}["ApiEndpoint"]


class Project(Stack):
    """A stack of a template of the article, packaged from a folder with its handlers."""

    def __init__(self, server, folder, template, name):
        super().__init__(server, name)
        self.server, self.folder = server, pathlib.Path(folder)
        shutil.copy(SAMPLES / f"{template}.yml", self.folder / "template.yml")
        server.run("aws s3 mb s3://artifacts", check=False)  # it is there after the first time
        server.run(f"aws s3 cp {SAMPLES / 'swagger.yml'} s3://artifacts/swagger.yml")

    def write(self, handler, code):
        path = self.folder / "src" / "handlers" / handler / "index.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)

    def package(self):
        self.server.run("aws cloudformation package --template-file template.yml --s3-bucket artifacts"
                        " --output-template-file packaged.yml", cwd=self.folder)
        return (self.folder / "packaged.yml").read_text()

    def deploy(self, kind):
        template = self.package()
        self.release(kind, template, [("ArtifactBucket", "artifacts")] if "ArtifactBucket" in template else [])


class Callers:
    """Somebody who calls something again and again, and does not mind errors."""

    def __init__(self, call):
        self.call, self.stopped = call, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def run(self):
        while not self.stopped.wait(0.01):
            self.call()


class Loop:
    """`while true; do curl -s ENDPOINT; sleep 1; done`, with the variables that `sluice env --proxy` prints."""

    def __init__(self, server, endpoint, pause):
        self.endpoint, self.pause, self.messages = endpoint, pause, []
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.proxies = {"https": server.env["HTTPS_PROXY"]}
        self.session.verify = server.env["REQUESTS_CA_BUNDLE"]
        self.stopped = threading.Event()
        self.failed = None
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()
        if self.failed:
            raise self.failed

    def run(self):
        try:
            while not self.stopped.wait(self.pause):
                answer = self.session.get(self.endpoint, timeout=20)
                assert answer.status_code == 200, answer.text
                self.messages.append(answer.json()["message"])
        except Exception as error:  # told by __exit__: an exception in a thread fails no test
            self.failed = error

    def counts(self):
        return collections.Counter(self.messages)
