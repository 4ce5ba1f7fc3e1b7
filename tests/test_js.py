"""The AWS SDK for JavaScript."""

import pathlib
import subprocess

from conftest import package

FOLDER = pathlib.Path(__file__).parent / "js"
INDEX = "exports.handler = async (event, context) => ({ version: context.functionVersion, event });\n"


def test_sdk(server, tmp_path):
    code = tmp_path / "function.zip"
    code.write_bytes(package({"index.js": INDEX}))
    done = subprocess.run(["node", "sdk.mjs", code], cwd=FOLDER, env=server.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
