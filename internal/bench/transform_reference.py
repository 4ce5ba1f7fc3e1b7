"""Times the reference implementation of the SAM transform on a folder of templates.

Prints, as JSON, how many templates it transformed and the seconds that one pass over them took: the median of the passes,
after one that is not counted. Reading the templates is not timed.
"""

import copy
import json
import os
import pathlib
import statistics
import sys
import time

os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-1")

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class ManagedPolicies:
    def __init__(self, policies):
        self.policies = policies

    def load(self):
        return self.policies


def main(templates, managed, passes):
    names = [p.stem for p in sorted((pathlib.Path(templates) / "output").glob("*.json"))]
    given = [json.loads(json.dumps(yaml_parse((pathlib.Path(templates) / "input" / f"{n}.yaml").read_text()), default=str))
             for n in names]
    policies = ManagedPolicies(json.loads(pathlib.Path(managed).read_text()))
    parameters = {"param1": "value1", "param2": "value2"}
    seconds = []
    for _ in range(int(passes) + 1):
        took = 0.0
        for template in given:
            template = copy.deepcopy(template)
            began = time.perf_counter()
            transform(template, dict(parameters), policies)
            took += time.perf_counter() - began
        seconds.append(took)
    print(json.dumps({"templates": len(given), "seconds": statistics.median(seconds[1:])}))


main(*sys.argv[1:])
