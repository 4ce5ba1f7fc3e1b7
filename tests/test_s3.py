"""Buckets, used as deploy tools do: with boto3, with the AWS CLI, and by presigned URLs."""

import io
import json
import os
import re
import socket
import urllib.error
import urllib.parse
import urllib.request

import botocore.config
import botocore.exceptions
import boto3
import pytest
from conftest import ROLE, Server, eventually, package

MB = 1 << 20


@pytest.fixture(scope="module")
def s3(server):
    return server.client("s3")


@pytest.fixture
def bucket(s3, request):
    """A bucket of the test's name."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:63]
    s3.create_bucket(Bucket=name)
    return name


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as raised:
        call(**arguments)
    assert raised.value.response["Error"]["Code"] == code
    return raised.value.response


def test_object(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="a b/ü+%.txt", Body=b"content", ContentType="text/x", Metadata={"some": "words"}, Tagging="a=1")
    got = s3.get_object(Bucket=bucket, Key="a b/ü+%.txt")  # boto3 compares the checksum
    assert got["Body"].read() == b"content"
    assert got["ETag"] == put["ETag"] and got["ContentType"] == "text/x" and got["Metadata"] == {"some": "words"}
    assert got["ChecksumCRC32"] == put["ChecksumCRC32"]
    assert s3.get_object(Bucket=bucket, Key="a b/ü+%.txt", Range="bytes=3-4")["Body"].read() == b"te"
    assert s3.get_object_tagging(Bucket=bucket, Key="a b/ü+%.txt")["TagSet"] == [{"Key": "a", "Value": "1"}]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a b/ü+%.txt"]
    refused("404", s3.head_object, Bucket=bucket, Key="none")
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="none")
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="a b/ü+%.txt", Body=b"", IfNoneMatch="*")
    refused("InvalidURI", s3.put_object, Bucket=bucket, Key="a/../../etc/passwd", Body=b"")
    refused("KeyTooLongError", s3.put_object, Bucket=bucket, Key="k" * 1025, Body=b"")


def test_all_checksums(s3, bucket):
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        put = s3.put_object(Bucket=bucket, Key=algorithm, Body=b"content", ChecksumAlgorithm=algorithm)
        head = s3.head_object(Bucket=bucket, Key=algorithm, ChecksumMode="ENABLED")
        assert head[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="k", Body=b"content", ChecksumSHA256="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")


def test_lists_are_paged(s3, bucket):
    for i in range(5):
        s3.put_object(Bucket=bucket, Key=f"dir/{i}", Body=b"")
    s3.put_object(Bucket=bucket, Key="top", Body=b"")
    for operation in ("list_objects", "list_objects_v2"):
        pages = list(s3.get_paginator(operation).paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}))
        assert [o["Key"] for page in pages for o in page["Contents"]] == [*(f"dir/{i}" for i in range(5)), "top"]
        pages = list(s3.get_paginator(operation).paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 1}))
        assert len(pages) == 2
        assert [p["Prefix"] for page in pages for p in page.get("CommonPrefixes", [])] == ["dir/"]


def test_versions(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    one = s3.put_object(Bucket=bucket, Key="k", Body=b"one")["VersionId"]
    s3.put_object(Bucket=bucket, Key="k", Body=b"two")
    marker = s3.delete_object(Bucket=bucket, Key="k")
    assert marker["DeleteMarker"]
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="k")
    assert s3.get_object(Bucket=bucket, Key="k", VersionId=one)["Body"].read() == b"one"
    shown = s3.list_object_versions(Bucket=bucket)
    assert [v["IsLatest"] for v in shown["Versions"]] == [False, False] and shown["DeleteMarkers"][0]["IsLatest"]
    s3.delete_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"two"
    refused("BucketNotEmpty", s3.delete_bucket, Bucket=bucket)
    versions = s3.list_object_versions(Bucket=bucket)["Versions"]
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in versions]})
    s3.delete_bucket(Bucket=bucket)


def test_multipart(s3, bucket):
    content = os.urandom(20 * MB)
    s3.upload_fileobj(io.BytesIO(content), bucket, "big")
    head = s3.head_object(Bucket=bucket, Key="big")
    assert head["ETag"].endswith('-3"') and head["ContentLength"] == len(content)
    got = io.BytesIO()
    s3.download_fileobj(bucket, "big", got)  # in ranges, at once
    assert got.getvalue() == content
    s3.copy({"Bucket": bucket, "Key": "big"}, bucket, "copy")  # part by part
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == content
    upload = s3.create_multipart_upload(Bucket=bucket, Key="left")["UploadId"]
    s3.upload_part(Bucket=bucket, Key="left", UploadId=upload, PartNumber=7, Body=b"x")
    assert [p["PartNumber"] for p in s3.list_parts(Bucket=bucket, Key="left", UploadId=upload)["Parts"]] == [7]
    assert [u["Key"] for u in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == ["left"]
    s3.abort_multipart_upload(Bucket=bucket, Key="left", UploadId=upload)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


@pytest.mark.parametrize("version", [None, "s3v4"])
def test_presigned(server, bucket, version):
    client = server.client("s3", **({"signature_version": version} if version else {}))
    where = {"Bucket": bucket, "Key": "a b"}
    put = client.generate_presigned_url("put_object", Params=where | {"ContentType": "text/x"})
    request = urllib.request.Request(put, data=b"content", method="PUT", headers={"Content-Type": "text/x"})
    assert urllib.request.urlopen(request).status == 200
    assert urllib.request.urlopen(client.generate_presigned_url("get_object", Params=where)).read() == b"content"
    ended = client.generate_presigned_url("get_object", Params=where, ExpiresIn=1)
    eventually(lambda: status(ended) == 403)
    assert status(client.generate_presigned_url("get_object", Params=where).replace("a%20b", "other")) == 403
    assert status(f"{server.url}/{bucket}/a%20b") == 403


def status(url):
    try:
        return urllib.request.urlopen(url).status
    except urllib.error.HTTPError as error:
        return error.code


def test_hosts_may_name_buckets(server, bucket, monkeypatch):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: real(
        "127.0.0.1" if host.endswith("localhost") else host, *more, **named))
    port = server.url.rsplit(":", 1)[1]
    for domain in ("localhost", "s3.localhost", "s3.us-east-1.localhost"):
        client = boto3.client("s3", endpoint_url=f"http://{domain}:{port}", region_name="us-east-1",
                              aws_access_key_id=server.env["AWS_ACCESS_KEY_ID"],
                              aws_secret_access_key=server.env["AWS_SECRET_ACCESS_KEY"],
                              config=botocore.config.Config(s3={"addressing_style": "virtual"}))
        client.put_object(Bucket=bucket, Key="dir/k", Body=b"x")
        assert client.get_object(Bucket=bucket, Key="dir/k")["Body"].read() == b"x"
        assert urllib.request.urlopen(client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "dir/k"})).read() == b"x"


def test_regions(server, s3):
    eu = boto3.client("s3", endpoint_url=server.url, region_name="eu-west-1",
                      aws_access_key_id=server.env["AWS_ACCESS_KEY_ID"],
                      aws_secret_access_key=server.env["AWS_SECRET_ACCESS_KEY"])
    refused("IllegalLocationConstraintException", eu.create_bucket, Bucket="eu-bucket")
    eu.create_bucket(Bucket="eu-bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert s3.get_bucket_location(Bucket="eu-bucket")["LocationConstraint"] == "eu-west-1"
    s3.put_object(Bucket="eu-bucket", Key="k", Body=b"x")  # boto3 is told the region, and tries again there
    assert eu.get_object(Bucket="eu-bucket", Key="k")["Body"].read() == b"x"


def test_settings_are_read_back(s3, bucket):
    refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=bucket)
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == policy
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "a", "Value": "b"}]
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={
        "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]})
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
    assert s3.get_bucket_acl(Bucket=bucket)["Grants"][0]["Permission"] == "FULL_CONTROL"
    refused("NotImplemented", s3.put_bucket_website, Bucket=bucket, WebsiteConfiguration={"IndexDocument": {"Suffix": "i"}})


def test_objects_outlive_a_crash(tmp_path):
    server = Server(tmp_path)
    s3 = server.client("s3")
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="k", Body=b"content")
    upload = s3.create_multipart_upload(Bucket="bucket", Key="parts")["UploadId"]
    etag = s3.upload_part(Bucket="bucket", Key="parts", UploadId=upload, PartNumber=1, Body=b"part")["ETag"]
    server.kill()
    server.start()
    s3 = server.client("s3")
    assert s3.get_object(Bucket="bucket", Key="k")["Body"].read() == b"content"
    s3.complete_multipart_upload(Bucket="bucket", Key="parts", UploadId=upload,
                                 MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    assert s3.get_object(Bucket="bucket", Key="parts")["Body"].read() == b"part"
    server.stop()


def test_tags_by_s3_control(server, s3, bucket):
    def send_here(request, **_):  # the host begins with the account, which not every resolver knows below localhost
        url = urllib.parse.urlsplit(request.url)
        assert url.netloc.startswith("000000000000.localhost:")
        request.headers["Host"] = url.netloc
        request.url = server.url + request.url.removeprefix(f"{url.scheme}://{url.netloc}")

    control = boto3.client(
        "s3control", endpoint_url=server.url.replace("127.0.0.1", "localhost"), region_name="us-east-1",
        aws_access_key_id=server.env["AWS_ACCESS_KEY_ID"], aws_secret_access_key=server.env["AWS_SECRET_ACCESS_KEY"])
    control.meta.events.register("before-send.s3-control.*", send_here)
    named = {"AccountId": "000000000000", "ResourceArn": f"arn:aws:s3:::{bucket}"}
    assert control.list_tags_for_resource(**named)["Tags"] == []
    control.tag_resource(**named, Tags=[{"Key": "team", "Value": "a b"}, {"Key": "x", "Value": ""}])
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "team", "Value": "a b"}, {"Key": "x", "Value": ""}]
    control.untag_resource(**named, TagKeys=["x"])
    assert control.list_tags_for_resource(**named)["Tags"] == [{"Key": "team", "Value": "a b"}]
    refused("NoSuchBucket", control.list_tags_for_resource, AccountId="000000000000", ResourceArn="arn:aws:s3:::none")
    refused("NotImplemented", control.list_access_points, AccountId="000000000000")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dir" / "sub").mkdir(parents=True)
    (tmp_path / "dir" / "a.txt").write_text("a")
    (tmp_path / "dir" / "sub" / "b c.txt").write_text("b")
    (tmp_path / "big").write_bytes(os.urandom(20 * MB))
    return tmp_path


def test_cli(server, folder):
    def run(command):
        return server.run(command, cwd=folder)
    run("aws s3 mb s3://cli-bucket")
    run("aws s3 cp --quiet big s3://cli-bucket/big && aws s3 cp --quiet s3://cli-bucket/big back && cmp big back")
    run("aws s3 cp --quiet s3://cli-bucket/big s3://cli-bucket/copy && aws s3 mv --quiet s3://cli-bucket/copy s3://cli-bucket/moved")
    run("aws s3 sync --quiet dir s3://cli-bucket/dir && aws s3 sync --quiet s3://cli-bucket/dir got && diff -r dir got")
    assert run("aws s3 sync dir s3://cli-bucket/dir") == ""
    run("rm dir/a.txt && aws s3 sync --quiet dir s3://cli-bucket/dir --delete")
    names = [line.split(None, 3)[3] for line in run("aws s3 ls s3://cli-bucket --recursive").splitlines()]
    assert names == ["big", "dir/sub/b c.txt", "moved"]
    assert run("echo words | aws s3 cp --quiet - s3://cli-bucket/words && aws s3 cp --quiet s3://cli-bucket/words -") == "words\n"
    assert run('curl -sf "$(aws s3 presign s3://cli-bucket/words)"') == "words\n"
    run("aws s3 rb --force s3://cli-bucket")
    assert "cli-bucket" not in run("aws s3 ls")


def test_cloudformation_package(server, functions, s3, bucket, tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "index.py").write_text("def handler(event, context):\n    return 42\n")
    (tmp_path / "template.yaml").write_text("""
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.12, Handler: index.handler, CodeUri: src}
""")
    server.run(f"aws cloudformation package --template-file template.yaml --s3-bucket {bucket} --output-template-file out.yaml", cwd=tmp_path)
    key = re.search(f"s3://{bucket}/(.+)", (tmp_path / "out.yaml").read_text())[1]
    functions.create_function(FunctionName="packaged", Runtime="python3.12", Handler="index.handler", Role=ROLE,
                              Code={"S3Bucket": bucket, "S3Key": key})
    functions.get_waiter("function_active_v2").wait(FunctionName="packaged")
    assert json.load(functions.invoke(FunctionName="packaged")["Payload"]) == 42


def test_code_from_a_version(functions, s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    versions = [s3.put_object(Bucket=bucket, Key="code.zip", Body=package(
        {"index.py": f"def handler(event, context):\n    return {n}\n"}))["VersionId"] for n in range(2)]
    made = functions.create_function(FunctionName="versioned", Runtime="python3.12", Handler="index.handler", Role=ROLE,
                                     Code={"S3Bucket": bucket, "S3Key": "code.zip", "S3ObjectVersion": versions[0]})
    functions.get_waiter("function_active_v2").wait(FunctionName="versioned")
    assert json.load(functions.invoke(FunctionName="versioned")["Payload"]) == 0
    updated = functions.update_function_code(FunctionName="versioned", S3Bucket=bucket, S3Key="code.zip")
    assert updated["CodeSha256"] != made["CodeSha256"]
    functions.get_waiter("function_updated_v2").wait(FunctionName="versioned")
    assert json.load(functions.invoke(FunctionName="versioned")["Payload"]) == 1
