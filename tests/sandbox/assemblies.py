"""Small cloud assemblies, written as `cdk synth` writes them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-us-east-1"
ACCOUNT_BUCKET = {"Fn::Sub": BUCKET}


def write(
    folder: Path,
    resources: Mapping[str, Any],
    *,
    code: Mapping[str, Mapping[str, str]] | None = None,
    name: str = "Small",
) -> Path:
    """An assembly of one stack; ``code`` maps an asset's key to its files."""
    folder.mkdir(parents=True, exist_ok=True)
    template = {
        "Resources": resources,
        "Parameters": {
            "BootstrapVersion": {
                "Type": "AWS::SSM::Parameter::Value<String>",
                "Default": "/cdk-bootstrap/hnb659fds/version",
            }
        },
    }
    (folder / f"{name}.template.json").write_text(json.dumps(template))
    files = {}
    for key, texts in (code or {}).items():
        path = folder / f"asset.{key}"
        for file, text in texts.items():
            (path / file).parent.mkdir(parents=True, exist_ok=True)
            (path / file).write_text(text)
        files[key] = {
            "source": {"path": path.name, "packaging": "zip"},
            "destinations": {
                "here": {"bucketName": BUCKET, "objectKey": f"{key}.zip", "region": "us-east-1"}
            },
        }
    (folder / f"{name}.assets.json").write_text(json.dumps({"files": files}))
    artifacts = {
        f"{name}.assets": {
            "type": "cdk:asset-manifest",
            "properties": {"file": f"{name}.assets.json"},
        },
        name: {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/us-east-1",
            "properties": {"templateFile": f"{name}.template.json"},
            "dependencies": [f"{name}.assets"],
        },
    }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return folder


def role(*statements: Mapping[str, Any]) -> dict[str, Any]:
    """A role that Lambda may assume, and that may do what the statements say."""
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": document(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ),
            "Policies": [{"PolicyName": "own", "PolicyDocument": document(*statements)}]
            if statements
            else [],
        },
    }


def allow(actions: str | list[str], resource: Any = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def document(*statements: Mapping[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def function(key: str, *, name: str, role: str = "Role", **more: Any) -> dict[str, Any]:
    """A function whose code is an asset, with the handler `main.handler`."""
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "FunctionName": name,
            "Code": {"S3Bucket": ACCOUNT_BUCKET, "S3Key": f"{key}.zip"},
            "Handler": "main.handler",
            "Runtime": "python3.13",
            "Role": {"Fn::GetAtt": [role, "Arn"]},
            **more,
        },
    }


def zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
