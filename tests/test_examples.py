"""Every example runs as its README says."""

import pathlib

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"


def test_canary(server):
    out = server.run(f"{EXAMPLES}/canary/run.sh")
    counts = [line.split() for line in out.splitlines() if len(line.split()) == 2]
    assert ["18", "1"] in counts and ["2", "2"] in counts, out


@pytest.mark.parametrize("folder", [f for f in EXAMPLES.iterdir() if f.is_dir()], ids=lambda f: f.name)
def test_every_example_is_run_by_a_test(folder):
    assert f"test_{folder.name}" in globals(), f"examples/{folder.name} has no test here"
