"""Every example runs as its README says."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


def follow(example, data):
    """Runs the commands of an example's README in one shell, against a server of its own, and returns what they print."""
    text = (EXAMPLES / example / "README.md").read_text()
    commands = "\n".join(line.removeprefix("$ ") for block in re.findall(r"```console\n(.*?)```", text, re.S)
                         for line in block.splitlines())
    commands, servers = re.subn(r"bin/sluice up(.*) &", rf"bin/sluice up\1 --listen 127.0.0.1:0 --data {data} & server=$!", commands)
    assert servers == 1 and "bin/sluice env" in commands
    commands = commands.replace("bin/sluice env", f"bin/sluice env --data {data}")
    script = f"set -e\ntrap 'kill $server; wait $server' EXIT\n{commands}\n"
    env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    env["PATH"] = f"{pathlib.Path(sys.executable).parent}:{env['PATH']}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_canary(tmp_path):
    out = follow("canary", tmp_path / "data")
    counts = [line.split() for line in out.splitlines() if len(line.split()) == 2]
    assert ["18", "1"] in counts and ["2", "2"] in counts, out


def test_plain_stack(tmp_path):
    out = follow("plain-stack", tmp_path / "data")
    assert '{"message":"1"}' in out and '{"message":"2"}' in out, out


def test_safe_deployments(tmp_path):
    out = follow("safe-deployments", tmp_path / "data")
    assert '{"message": "1"}' in out and '{"message": "2"}' in out, out
    assert "CodeDeploy deployment started: d-" in out and "UPDATE_COMPLETE" in out, out
    assert "the release was taken back" in out and out.rstrip().endswith('"1"'), out


def test_release(tmp_path):
    out = follow("release", tmp_path / "data")
    assert '{"bonus":70,"version":"$LATEST"}' in out and '{"bonus":80,"version":"2"}' in out, out
    for said in ("25 % on version 2", "LIVE is back on version 2", "version 1 deleted", "80 % on version 4", "LIVE is on version 2, with 10 % on 4"):
        assert said in out, out
    assert out.count("Nothing changes in prd.") == 1, out


@pytest.mark.parametrize("folder", [f for f in EXAMPLES.iterdir() if f.is_dir()], ids=lambda f: f.name)
def test_every_example_is_run_by_a_test(folder):
    name = f"test_{folder.name.replace('-', '_')}"
    assert name in globals() or (ROOT / "tests" / f"{name}.py").exists(), f"examples/{folder.name} has no test"
