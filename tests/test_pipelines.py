"""The commands of the pipelines in examples/pipelines, run in order as Jenkins, GitHub Actions and GitLab run them."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT, SLUICE
from releases import Project

PIPELINES = ROOT / "examples" / "pipelines"


@pytest.fixture
def checkout(server, functions, tmp_path, request):
    """A clone of a repository that has the project of examples/release, with a name of the test's own and shorter waits."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "examples" / "release", folder)
    project = Project(folder, server.env, functions)
    project.name = request.node.name.removeprefix("test_").replace("_", "-")
    file = (folder / "sluice.yaml").read_text()
    project.write("sluice.yaml", file.replace("BonusCalculator", project.name).replace("every: 1m", "every: 10s"))
    project.env["PATH"] = server.env["PATH"]  # a pipeline gets sluice by itself
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, "Begin")
    return project


def git(project, *args):
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *args], cwd=project.folder, check=True,
                   capture_output=True)


def commit(project, subject, tag=None):
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", subject)
    if tag:
        git(project, "tag", tag)


def change(project, rate, tag=None):
    """Commits another rate."""
    file = project.folder / "sluice.yaml"
    file.write_text(re.sub(r"RATE:-\d+", f"RATE:-{rate}", file.read_text()))
    commit(project, f"Raise the rate to {rate}", tag)


def shell(project, command, variables):
    """Runs a script and returns what it printed."""
    done = subprocess.run([*command], cwd=project.folder, env=project.env | variables, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}{done.stderr}"
    return done.stdout


class Jenkins:
    """A Jenkinsfile: its sh steps, and the variables that they see."""

    def __init__(self, project, name):
        self.project, text = project, (PIPELINES / name).read_text()
        self.steps = [a or b for a, b in re.findall(r"\bsh (?:'''(.*?)'''|'(.*?)')", text, re.S)]
        assert len(self.steps) == len(re.findall(r"\bsh\b ['\"]", text)) > 0
        self.variables = dict(re.findall(r"string\(name: '(\w+)', defaultValue: '(.*?)'", text))
        for name, value in re.findall(r"^\s+(\w+) = (.*)$", text, re.M):
            if value.startswith("credentials("):
                assert name in project.env
            else:
                self.variables[name] = value.strip("'")

    def build(self, **parameters):
        assert not parameters.keys() - self.variables.keys()
        variables = self.variables | parameters | {"PATH": f"{SLUICE.parent}{os.pathsep}{self.project.env['PATH']}"}
        return [shell(self.project, ["sh", "-xe", "-c", step], variables) for step in self.steps]


def test_jenkins(checkout):
    update, publish, alias = (Jenkins(checkout, f"Jenkinsfile.{job}") for job in ("update", "publish", "alias"))
    name = f"{checkout.name}-prd"
    assert '{"bonus":70,"version":"$LATEST"}' in update.build()[-1]
    assert checkout.versions(name) == ["$LATEST"]
    publish.build()
    alias.build()
    assert checkout.alias(name) == ("1", {})

    change(checkout, 8)
    assert '{"bonus":80,"version":"$LATEST"}' in update.build()[-1]
    assert (checkout.versions(name), checkout.alias(name)) == (["$LATEST", "1"], ("1", {}))
    assert "version 2 published" in publish.build()[0]
    assert (checkout.versions(name), checkout.alias(name)) == (["$LATEST", "1", "2"], ("1", {}))
    moved = alias.build()[0]
    assert "25 % on version 2" in moved and checkout.alias(name) == ("2", {})
    alias.build(VERSION="1")
    assert checkout.alias(name) == ("1", {})


class Workflow:
    """A workflow of GitHub Actions: the steps of its jobs that run commands."""

    def __init__(self, project, path, runner):
        self.project, self.runner, self.file = project, runner, yaml.safe_load(path.read_text())
        self.run = set()

    def job(self, name, **inputs):
        """Runs a job on a machine of its own, and returns what its steps printed."""
        self.run.add(name)
        values = {"vars.SLUICE_BINARY": SLUICE.as_uri(), **{f"inputs.{key}": value for key, value in inputs.items()}}
        temp = self.runner / f"job-{len(list(self.runner.iterdir()))}"
        temp.mkdir()
        path = temp / "path"
        path.touch()
        printed = []
        for step in self.file["jobs"][name]["steps"]:
            if "run" not in step:
                assert step["uses"].split("@")[0] in ("actions/checkout", "aws-actions/configure-aws-credentials")
                continue
            variables = {key: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], value)
                         for key, value in (self.file["env"] | step.get("env", {})).items()}
            variables |= {"RUNNER_TEMP": str(temp), "GITHUB_PATH": str(path), "GITHUB_ACTOR": "octocat",
                          "PATH": os.pathsep.join([*path.read_text().split(), self.project.env["PATH"]])}
            assert "${{" not in step["run"], "an input in a script is a way in for strangers"
            printed.append(shell(self.project, ["bash", "-e", "-c", step["run"]], variables))
        return printed


def test_github_actions(checkout, tmp_path):
    (tmp_path / "runner").mkdir()
    flow = Workflow(checkout, PIPELINES / "github-actions.yml", tmp_path / "runner")
    flow.job("sandbox")
    assert checkout.alias(f"{checkout.name}-sbx") == ("$LATEST", {})
    assert "is created" in flow.job("staging")[-1]
    assert checkout.alias(f"{checkout.name}-stg") == ("1", {})
    name = f"{checkout.name}-prd"
    for number, rate in enumerate((8, 9), 1):
        change(checkout, rate, f"v1.{number}")
        flow.job("production")
        assert checkout.alias(name) == (str(number), {})
    (history,) = checkout.json("versions", "prd")
    assert [(v["stamp"]["tag"], v["stamp"]["by"]) for v in history["versions"]] == [("v1.1", "octocat"), ("v1.2", "octocat")]
    flow.job("back", tag="v1.1")
    assert checkout.alias(name) == ("1", {})
    flow.job("back", tag="v1.2")
    flow.job("back", tag="")
    assert checkout.alias(name) == ("1", {})
    assert flow.run == flow.file["jobs"].keys()


class GitLab:
    """A pipeline of GitLab: its jobs, with what they take over from others and from the defaults."""

    def __init__(self, project, path, builds):
        self.project, self.builds, self.file = project, builds, yaml.safe_load(path.read_text())
        self.jobs = {name for name, job in self.file.items() if isinstance(job, dict) and not name.startswith(".")} - {"default"}
        self.run = set()

    def _job(self, name):
        job = self.file[name]
        return (self._job(job["extends"]) if "extends" in job else self.file["default"]) | job

    def job(self, name):
        """Runs a job and returns what it printed."""
        self.run.add(name)
        job = self._job(name)
        assert job["stage"] in self.file["stages"] and set(job.get("needs", [])) <= self.jobs
        script = "\n".join(["set -eo pipefail", *job["before_script"], *job["script"]])
        variables = {"SLUICE_BINARY": SLUICE.as_uri(), "CI_BUILDS_DIR": str(self.builds), "GITLAB_USER_LOGIN": "tanuki"}
        return shell(self.project, ["bash", "-c", script], variables)


def test_gitlab(checkout, tmp_path):
    pipeline = GitLab(checkout, PIPELINES / ".gitlab-ci.yml", tmp_path / "builds")
    pipeline.job("sandbox")
    pipeline.job("staging")
    assert checkout.alias(f"{checkout.name}-stg") == ("1", {})
    name = f"{checkout.name}-prd"
    steps = ["25 percent", "50 percent", "75 percent", "all"]
    for step in steps:  # the first release makes the alias, and leaves nothing to do for the other steps
        pipeline.job(step)
        assert checkout.alias(name) == ("1", {})
    change(checkout, 8)
    pipeline.job("25 percent")
    assert checkout.alias(name) == ("1", {"2": 0.25})
    pipeline.job("abort")
    assert checkout.alias(name) == ("1", {})
    change(checkout, 9)
    for step, stands in zip(steps, [("1", {"3": 0.25}), ("1", {"3": 0.5}), ("1", {"3": 0.75}), ("3", {})]):
        assert "tanuki" in pipeline.job(step)
        assert checkout.alias(name) == stands
    pipeline.job("rollback")
    assert checkout.alias(name) == ("1", {})
    assert pipeline.run == pipeline.jobs
