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


def test_tour(tmp_path):
    script = commands("Five minutes with the AWS CLI")
    assert "sluice up" in script and "create-deployment" in script
    os.symlink(ROOT / "bin", tmp_path / "bin")
    # The tour lets the server listen where it does by default; a test must not depend on that port being free.
    script = script.replace("bin/sluice up --time-scale 60 &", (
        "bin/sluice up --time-scale 60 --listen 127.0.0.1:0 & server=$!"))
    script = f"set -e\ntrap 'kill $server; wait $server' EXIT\n{script}\n"
    env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    env["PATH"] = f"{pathlib.Path(sys.executable).parent}:{env['PATH']}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, -signal.SIGTERM, 143), done.stdout + done.stderr
    assert '{"version":"1"}' in done.stdout.replace(" ", "")
    assert '"deploymentId": "d-' in done.stdout
    assert '"ALARM_ACTIVE"' in done.stdout and "rollbackDeploymentId" in done.stdout
    assert "Error: broken" in done.stdout
