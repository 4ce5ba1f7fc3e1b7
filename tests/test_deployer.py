"""Releases with sluice.yaml, by the program itself: the whole story with either engine, and what disturbs it."""

import collections
import json
import signal
import subprocess
import threading
import time

import pytest
from conftest import SLUICE
from recorder import Recorder
from releases import CHANGES, INTERRUPTED, REFUSED, RETURNED, Project

INCREMENTS = [25, 50, 75]


@pytest.fixture
def project(server, functions, tmp_path):
    """A project whose functions no other test has: the folder's name is theirs."""
    made = Project(tmp_path, server.env, functions)
    made.code("one")
    return made


def functions_of(name):
    """The only function of a project that a test names, in an environment."""
    return f"main: {{name: '{name}-${{env}}', code: src, handler: index.handler}}"


def weight(project, name):
    """The newest version's share of an alias, in percent, and the version."""
    version, additional = project.alias(name)
    return next(((round(w * 100), v) for v, w in additional.items()), (100, version))


def test_the_story(project):
    project.run("init", "--project", "story")
    assert project.run("plan", "sbx", code=CHANGES)
    project.run("deploy", "sbx")
    assert (project.alias("story-sbx-main"), project.versions("story-sbx-main")) == (("$LATEST", {}), ["$LATEST"])
    assert project.invoke("story-sbx-main")["text"] == "one"
    project.run("deploy", "stg")
    assert project.alias("story-stg-main") == ("1", {})

    name = "story-prd-main"
    project.run("deploy", "prd", "--step")
    assert weight(project, name) == (100, "1")
    project.code("two")
    for percent in [*INCREMENTS, 100]:
        project.run("deploy", "prd", "--step")
        assert weight(project, name) == (percent, "2")
    assert "Nothing changes in prd." in project.run("deploy", "prd", "--step")

    project.code("broken")
    project.run("deploy", "prd", "--step")
    answers = collections.Counter("errorMessage" in project.invoke(name) for _ in range(8))
    assert answers == {False: 6, True: 2}
    assert "2 of 2 invocations of version 3 behind LIVE failed" in project.run("deploy", "prd", "--step", code=RETURNED)
    assert project.alias(name) == ("2", {})
    assert "Nothing changes" in project.run("deploy", "prd", "--step"), "a version that was taken back came again by itself"

    finish(project, name)


def finish(project, name):
    """Rollback, pin, versions and prune of a function whose alias is on version 2 of 3."""
    project.run("rollback", "prd")
    assert project.alias(name) == ("1", {})
    project.run("rollback", "prd", "--to", "2")
    assert project.alias(name) == ("2", {})
    project.run("pin", "prd", "--version1", "2", "--version2", "3", "--weight", "0.1")
    assert project.alias(name) == ("2", {"3": 0.1})
    (history,) = project.json("versions", "prd")
    assert [(v["version"], v.get("aliases", [])) for v in history["versions"]] == [("1", []), ("2", ["LIVE"]), ("3", ["LIVE"])]
    assert [c["field"] for c in history["versions"][1]["changes"]] == ["code"]
    project.run("pin", "prd", "--version1", "2")
    assert project.json("prune", "prd", "--keep", "1") == {"main": ["1"]}
    assert project.versions(name) == ["$LATEST", "2", "3"]
    assert project.alias(name) == ("2", {})


class Weights(threading.Thread):
    """What an alias's newer version has in the course of time, with calls of the alias on the way if asked for."""

    def __init__(self, project, name, calls=False):
        super().__init__()
        self.project, self.name, self.calls, self.seen, self.over = project, name, calls, [], threading.Event()

    def run(self):
        while not self.over.is_set():
            now = weight(self.project, self.name)
            if now not in self.seen:
                self.seen.append(now)
            if self.calls:
                self.project.invoke(self.name)
            self.over.wait(0.02)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def test_the_story_with_codedeploy(project, deployments):
    project.file(f"""sbx: {{publish: false}}
  stg: {{strategy: all-at-once, engine: codedeploy}}
  prd: {{strategy: {{increments: {INCREMENTS}, every: 1m}}, engine: codedeploy}}""", functions_of("moved"))
    project.run("deploy", "sbx")
    project.run("deploy", "stg")
    project.run("deploy", "prd")
    assert [project.alias(f"moved-{env}") for env in ("sbx", "stg", "prd")] == [("$LATEST", {}), ("1", {}), ("1", {})]

    project.code("two")
    project.run("deploy", "stg")
    assert project.alias("moved-stg") == ("2", {})
    with Weights(project, "moved-prd") as weights:
        project.run("deploy", "prd")
    assert weights.seen == [(100, "1"), (25, "2"), (50, "2"), (75, "2"), (100, "2")]
    made = deployments.list_deployments(applicationName="app-prd", deploymentGroupName="moved-prd-LIVE")["deployments"]
    assert len(made) == 1
    assert deployments.get_deployment(deploymentId=made[0])["deploymentInfo"]["status"] == "Succeeded"
    assert "Nothing changes in prd." in project.run("deploy", "prd")

    project.code("broken")
    with Weights(project, "moved-prd", calls=True) as weights:
        assert "invocations of version 3 behind LIVE failed" in project.run("deploy", "prd", code=RETURNED)
    assert project.alias("moved-prd") == ("2", {})
    assert (100, "3") not in weights.seen
    finish(project, "moved-prd")


def test_a_check_takes_all_functions_back(project):
    project.write("smoke.sh", 'echo "$SLUICE_FUNCTION $SLUICE_FROM $SLUICE_TO" >> checked; test "$SLUICE_FUNCTION" != checked-b\n', 0o755)
    project.file("prd: {strategy: {canary: {percent: 50, for: 1s}}, errors: ignore, check: ./smoke.sh}",
                 "a: {name: checked-a, code: src, handler: index.handler}\n  b: {name: checked-b, code: src, handler: index.handler}")
    project.run("deploy")
    assert not (project.folder / "checked").exists(), "there was nothing to check"
    project.code("two")
    out = project.run("deploy", code=RETURNED)
    assert "smoke.sh" in out and "exit code 1" in out
    assert "checked-b 1 2" in (project.folder / "checked").read_text()
    assert [project.alias(name) for name in ("checked-a", "checked-b")] == [("1", {})] * 2


def test_functions_move_in_the_same_steps(project):
    project.file(f"prd: {{strategy: {{increments: {INCREMENTS}, every: 10s}}}}",
                 "a: {name: same-step-a, code: src, handler: index.handler}\n  b: {name: same-step-b, code: src, handler: index.handler}")
    project.run("deploy")
    project.code("two")
    events = [json.loads(line) for line in project.run("deploy", "--json").splitlines()]
    moves = [(e["percent"], e["function"]) for e in events if e["kind"] == "moved"]
    assert [percent for percent, _ in moves] == [p for p in [*INCREMENTS, 100] for _ in "ab"]
    assert sorted(moves) == [(p, key) for p in [*INCREMENTS, 100] for key in "ab"]
    published = max(i for i, e in enumerate(events) if e["kind"] == "published")
    assert published < min(i for i, e in enumerate(events) if e["kind"] == "moved")


def test_nothing_changed_writes_nothing(project, server):
    project.file("prd: {strategy: all-at-once}", "\n  ".join(
        f"f{i}: {{name: same-{i}, code: src, handler: index.handler}}" for i in range(20)))
    project.run("deploy")
    before = [project.functions.get_alias(FunctionName=f"same-{i}", Name="LIVE")["RevisionId"] for i in range(20)]
    with Recorder(server.url) as recorder:
        project.env["AWS_ENDPOINT_URL"] = recorder.url
        assert "Nothing changes in prd." in project.run("deploy")
    assert recorder.requests and not recorder.writes()
    assert before == [project.functions.get_alias(FunctionName=f"same-{i}", Name="LIVE")["RevisionId"] for i in range(20)]
    assert {tuple(project.versions(f"same-{i}")) for i in range(20)} == {("$LATEST", "1")}

    project.env["AWS_ENDPOINT_URL"] = server.url
    took = []
    for _ in range(3):  # the best of three: other tests run at the same time
        begin = time.monotonic()
        project.run("deploy")
        took.append(time.monotonic() - begin)
    assert min(took) < 1, took


def test_of_fifty_functions_the_changed_are_published(project, server):
    for i in range(50):
        project.code(f"one of {i}", f"src/{i}")
    project.file("prd: {}", "\n  ".join(f"f{i:02}: {{name: many-{i}, code: src/{i}, handler: index.handler}}" for i in range(50)))
    with Recorder(server.url, delay=0.02) as recorder:
        project.env["AWS_ENDPOINT_URL"] = recorder.url
        project.run("deploy")
        created = [r for r in recorder.writes() if r == "POST /2015-03-31/functions"]
        assert len(created) == 50 and 4 <= recorder.most <= 8, recorder.most
        project.code("another", "src/7")
        project.code("another", "src/42")
        recorder.requests.clear()
        outcome = json.loads(project.run("deploy", "--json").splitlines()[-1])
        assert outcome["versions"] == {"f07": "2", "f42": "2"}
    assert sorted({path.split("/")[3] for _, path in map(str.split, recorder.writes()) if "/functions/" in path}) == ["many-42", "many-7"]
    assert [project.alias(f"many-{i}")[0] for i in (6, 7, 42, 43)] == ["1", "2", "2", "1"]


@pytest.fixture
def waiting(project):
    """A release in the wait after its first step, as long as a minute."""
    def start(name):
        project.file("prd: {strategy: {canary: {percent: 10, for: 60m}}}", functions_of(name))
        project.run("deploy")
        project.code("two")
        runs = project.start("deploy")
        started.append(runs)
        runs.until("stays at 10 %")
        return runs
    started = []
    yield start
    for runs in started:
        if runs.process.poll() is None:
            runs.kill()


def test_of_two_runs_the_second_stops(project, waiting):
    runs = waiting("twice")
    release = project.json("status")[0]["record"]["release"]
    refused = project.run("deploy", code=REFUSED)
    assert release in refused and "--take-over" in refused
    assert project.alias("twice-prd") == ("1", {"2": 0.1})
    assert runs.process.poll() is None, "the first run goes on"
    project.run("abort")
    assert runs.end() == REFUSED
    assert "sent LIVE back to version 1" in runs.printed
    assert project.alias("twice-prd") == ("1", {})


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["by a person", "by a pipeline"])
def test_the_run_after_an_interrupt_goes_on(project, waiting, number):
    name = f"interrupted-{number.name}"
    runs = waiting(name)
    assert runs.signal(number) == INTERRUPTED
    assert project.alias(f"{name}-prd") == ("1", {"2": 0.1})
    for said in ("abort", "goes on"):
        assert said in runs.printed
    project.run("deploy", "--step")
    assert project.alias(f"{name}-prd") == ("2", {})


def test_a_run_takes_over_from_one_that_was_killed(project, waiting):
    runs = waiting("killed")
    runs.kill()
    assert "--take-over" in project.run("deploy", "--step", code=REFUSED)
    assert project.alias("killed-prd") == ("1", {"2": 0.1})
    project.run("deploy", "--step", "--take-over")
    assert project.alias("killed-prd") == ("2", {})


def test_promote_goes_the_rest_of_the_way(project, waiting):
    assert waiting("promoted").signal(signal.SIGINT) == INTERRUPTED
    project.run("pause")
    assert "paused" in project.run("deploy", code=REFUSED)
    project.run("resume")
    project.run("promote")
    assert project.alias("promoted-prd") == ("2", {})


def git(project, *args):
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *args],
                   cwd=project.folder, check=True, capture_output=True)


def test_releases_are_found_by_git_tag(project):
    project.file("prd: {}", functions_of("tagged"))
    git(project, "init", "--quiet")
    for number, text in enumerate(["one", "two"], 1):
        project.code(text)
        git(project, "add", ".")
        git(project, "commit", "--quiet", "--message", text)
        git(project, "tag", f"v1.{number}")
        project.run("deploy")
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=project.folder, text=True).strip()
    stamps = [v["stamp"] for v in project.json("versions")[0]["versions"]]
    assert [s["tag"] for s in stamps] == ["v1.1", "v1.2"] and stamps[1]["commit"] == commit
    project.run("deploy", "--git-tag", "v1.1")
    assert project.alias("tagged-prd") == ("1", {})
    assert "v9" in project.run("deploy", "--git-tag", "v9", code=1)


def test_an_alarm_between_steps_takes_the_release_back(project, server):
    watch = server.client("cloudwatch")
    watch.put_metric_alarm(AlarmName="late", Namespace="Test", MetricName="Pain", Statistic="Sum", Period=60, EvaluationPeriods=1,
                           Threshold=1, ComparisonOperator="GreaterThanOrEqualToThreshold", TreatMissingData="notBreaching")
    project.file("prd: {strategy: {canary: {percent: 10, for: 60m}}, alarms: [late]}", functions_of("alarmed"))
    project.run("deploy")
    project.code("two")
    runs = project.start("deploy")
    runs.until("stays at 10 %")
    watch.set_alarm_state(AlarmName="late", StateValue="ALARM", StateReason="a test")
    assert runs.end() == RETURNED
    assert "alarm late rings" in runs.printed
    assert project.alias("alarmed-prd") == ("1", {})


def test_hooks_are_functions_or_commands(project):
    project.write("hook/index.js", "exports.handler = async (event) => { if (event.to === '2') throw new Error('not this one'); };\n")
    project.write("after.sh", 'echo "$SLUICE_ALIAS $SLUICE_TO" >> after\n', 0o755)
    project.file("prd: {hooks: {before: preflight, after: ./after.sh}}",
                 "main: {name: hooked, code: src, handler: index.handler}\n"
                 "  preflight: {name: preflight, code: hook, handler: index.handler, alias: LIVE}")
    project.run("deploy", "--function", "preflight", "--function", "main", "--until", "upload")
    project.run("deploy", "--function", "main")
    assert (project.folder / "after").read_text() == "LIVE 1\n"
    project.code("two")
    assert "not this one" in project.run("deploy", "--function", "main", code=RETURNED)
    assert project.alias("hooked") == ("1", {})
    assert (project.folder / "after").read_text() == "LIVE 1\n"


def test_live_in_the_file_wins(project):
    project.file("prd: {strategy: {canary: {percent: 10, for: 5m}}}", functions_of("live"))
    project.run("deploy")
    project.code("two")
    project.run("deploy", "--step")
    project.run("promote")
    project.file("prd: {live: {version1: 1, version2: 2, version2_percentage: 30}}", functions_of("live"))
    project.run("deploy")
    assert project.alias("live-prd") == ("1", {"2": 0.3})
    assert "Nothing changes" in project.run("deploy")


def test_a_reader_that_leaves_does_not_end_the_release(project):
    project.file("prd: {strategy: {canary: {percent: 10, for: 1m}}}", functions_of("unread"))
    project.run("deploy")
    project.code("two")
    subprocess.run(f"'{SLUICE}' deploy --json | head -n 1", shell=True, cwd=project.folder, env=project.env, check=True, stdout=subprocess.DEVNULL)
    assert project.alias("unread-prd") == ("2", {})
    assert project.json("status")[0]["record"]["phase"] == "done"
