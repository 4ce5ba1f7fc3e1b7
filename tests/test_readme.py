"""The README's tour, command by command, in one shell, against a server of its own."""

import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def commands(title):
    """The commands of the console blocks below a heading, with their continuation lines and here-documents."""
    text = (ROOT / "README.md").read_text()
    section = text.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = []
    for block in re.findall(r"```console\n(.*?)```", section, re.S):
        lines += [line.removeprefix("$ ") for line in block.splitlines()]
    return "\n".join(lines)


def follow(script, tmp_path):
    """Runs commands in one shell, and returns what they print."""
    os.symlink(ROOT / "bin", tmp_path / "bin")
    # The README lets the server listen where it does by default; a test must not depend on that port being free.
    up = "bin/sluice up --time-scale 60 &"
    assert script.count(up) == 1
    script = script.replace(up, "bin/sluice up --time-scale 60 --listen 127.0.0.1:0 & server=$!")
    script = f"set -e\ntrap 'kill $server; wait $server' EXIT\n{script}\n"
    env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    env["PATH"] = f"{pathlib.Path(sys.executable).parent}:{env['PATH']}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, -signal.SIGTERM, 143), done.stdout + done.stderr
    return done.stdout


def test_tour(tmp_path):
    out = follow(commands("Five minutes with the AWS CLI"), tmp_path)
    assert '{"version":"1"}' in out.replace(" ", "")
    assert '"deploymentId": "d-' in out
    assert '"ALARM_ACTIVE"' in out and "rollbackDeploymentId" in out
    assert "Error: broken" in out


def test_release(tmp_path):
    out = follow(commands("Release with one file"), tmp_path)
    assert '{"bonus":70}' in out and '{"bonus":80}' in out
    for said in ("LIVE is on $LATEST", "25 % on version 2", "all on version 2", "returned from 2"):
        assert said in out, out
