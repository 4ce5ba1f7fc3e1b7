"""Projects for the tests: a folder with a sluice.yaml, the program run in it, and the aliases that it moves."""

import json
import os
import re
import signal
import subprocess
import threading

from conftest import ROLE, SLUICE

HANDLER = """\
exports.handler = async (event, context) => {
  if (TEXT === "broken") throw new Error("broken");
  return { version: context.functionVersion, text: TEXT };
};
"""

# Exit codes that docs/deployer.md promises.
DONE, FAILED, CHANGES, RETURNED, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Project:
    """A folder with a sluice.yaml and code, for an endpoint that some variables of the environment name."""

    def __init__(self, folder, variables, functions, role=ROLE):
        self.folder, self.functions, self.role = folder, functions, role
        self.env = {name: value for name, value in variables.items() if name != "SLUICE_USER"}
        self.env["PATH"] = f"{SLUICE.parent}{os.pathsep}{self.env['PATH']}"

    def write(self, path, text, mode=0o644):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def code(self, text, folder="src"):
        """Makes code that answers with a text; "broken" makes code that fails."""
        self.write(f"{folder}/index.js", f"const TEXT = {json.dumps(text)};\n{HANDLER}")

    def file(self, environments, functions="main: {code: src, handler: index.handler}"):
        """Writes a sluice.yaml."""
        self.write("sluice.yaml", f"project: app\ndefaults: {{runtime: nodejs22.x, role: '{self.role}'}}\n"
                                  f"functions:\n  {functions}\nenvironments:\n  {environments}\n")

    def run(self, *args, code=DONE):
        """Runs sluice to its end and returns what it printed, both ways."""
        done = subprocess.run([SLUICE, *args], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, f"sluice {' '.join(args)}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def json(self, *args):
        """Runs sluice with --json and returns the document that it printed."""
        return json.loads(self.run(*args, "--json"))

    def start(self, *args):
        """Starts sluice and leaves it running."""
        return Running([SLUICE, *args], self.folder, self.env)

    def alias(self, name, alias="LIVE"):
        """Where an alias points, as Lambda tells it: version, and the additional versions with their weights."""
        found = self.functions.get_alias(FunctionName=name, Name=alias)
        return found["FunctionVersion"], found.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})

    def versions(self, name):
        return [v["Version"] for v in self.functions.list_versions_by_function(FunctionName=name)["Versions"]]

    def invoke(self, name, qualifier="LIVE"):
        return json.load(self.functions.invoke(FunctionName=name, Qualifier=qualifier)["Payload"])


class Running:
    """A sluice that runs."""

    def __init__(self, command, folder, env):
        self.process = subprocess.Popen(command, cwd=folder, env=env, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.printed = ""

    def until(self, pattern):
        """Reads what it prints, up to a line that matches."""
        killer = threading.Timer(60, self.process.kill)
        killer.start()
        try:
            for line in self.process.stdout:
                self.printed += line
                if re.search(pattern, line):
                    return line
        finally:
            killer.cancel()
        raise AssertionError(f"it ended with {self.process.wait()} and never printed {pattern!r}:\n{self.printed}")

    def signal(self, number):
        self.process.send_signal(number)
        return self.end()

    def kill(self):
        return self.signal(signal.SIGKILL)

    def end(self):
        """Waits for the end and returns the exit code."""
        try:
            rest, _ = self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.printed += rest
        return self.process.returncode
