"""The commands of the article "AWS - Lambda Blue/Green deployment", as they are printed there."""

import base64
import json
import zipfile

import pytest

INDEX = """\
exports.handler = async (event) => {
  const response = {
    statusCode: 200,
    body: JSON.stringify('Hello from Lambda!'),
  };
  return response;
};
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calculator")
    write(folder, INDEX)
    return folder


def write(folder, source):
    """What `zip BonusCalculatorLambda index.js` does."""
    (folder / "index.js").write_text(source)
    with zipfile.ZipFile(folder / "BonusCalculatorLambda.zip", "w") as archive:
        archive.write(folder / "index.js", "index.js")


def test_blue_green_deployment(server, folder):
    def aws(command):
        out = server.run(command, cwd=folder)
        return json.loads(out) if out else None

    created = aws(r"""
aws lambda create-function --function-name BonusCalculatorLambda \
--role arn:aws:iam::123903503456:role/service-role/roleLambdaExecution \
--runtime nodejs12.x \
--handler index.handler \
--zip-file "fileb://BonusCalculatorLambda.zip"
""")
    assert created["Version"] == "$LATEST"
    assert created["Role"] == "arn:aws:iam::123903503456:role/service-role/roleLambdaExecution"

    version = aws("aws lambda publish-version --function-name BonusCalculatorLambda --description v1")
    assert (version["Version"], version["Description"]) == ("1", "v1")

    alias = aws(r"""
aws lambda create-alias --function-name BonusCalculatorLambda \
      --name PROD \
      --function-version 1
""")
    assert (alias["Name"], alias["FunctionVersion"]) == ("PROD", "1")

    write(folder, INDEX.replace("Hello from Lambda!", "Hello from version 2!"))
    aws(r"""
aws lambda update-function-code --function-name BonusCalculatorLambda \
      --zip-file "fileb://BonusCalculatorLambda.zip"
""")
    assert invoke(server, folder, "BonusCalculatorLambda:PROD") == ("1", '"Hello from Lambda!"')
    assert invoke(server, folder, "BonusCalculatorLambda") == ("$LATEST", '"Hello from version 2!"')

    published = aws("aws lambda publish-version --function-name BonusCalculatorLambda")
    assert published["Version"] == "2"
    moved = aws(r"""
aws lambda update-alias --function-name BonusCalculatorLambda \
      --name PROD --function-version 2
""")
    assert moved["FunctionVersion"] == "2"


@pytest.mark.parametrize("name, version, body", [
    ("BonusCalculatorLambda", "$LATEST", "Hello from version 2!"),
    ("BonusCalculatorLambda:1", "1", "Hello from Lambda!"),
    ("BonusCalculatorLambda:PROD", "2", "Hello from version 2!"),
])
def test_the_three_ways_to_invoke(server, folder, name, version, body):
    assert invoke(server, folder, name) == (version, json.dumps(body))


def test_rolling_back(server, folder):
    server.run("aws lambda update-alias --function-name BonusCalculatorLambda --name PROD --function-version 1")
    assert invoke(server, folder, "BonusCalculatorLambda:PROD")[0] == "1"


def test_the_log_of_a_call(server, folder):
    out = server.run("aws lambda invoke --function-name BonusCalculatorLambda:1 --log-type Tail out.json", cwd=folder)
    log = base64.b64decode(json.loads(out)["LogResult"]).decode()
    assert "START RequestId: " in log and " Version: 1\n" in log and "REPORT RequestId: " in log


def invoke(server, folder, name):
    out = json.loads(server.run(f"aws lambda invoke --function-name {name} out.json", cwd=folder))
    assert out["StatusCode"] == 200 and "FunctionError" not in out
    answer = json.loads((folder / "out.json").read_text())
    assert answer["statusCode"] == 200
    return out["ExecutedVersion"], answer["body"]
