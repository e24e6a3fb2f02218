"""Deployed functions: what the account holds of a Lambda function, read when it is invoked."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

_EXECUTION_ENVIRONMENT = "AWS_Lambda_{runtime}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A function's configuration; ``timeout`` in seconds, ``memory`` in MB."""

    name: str
    arn: str
    role: str
    handler: str
    runtime: str
    timeout: float
    memory: int
    variables: Mapping[str, str]
    log_group: str
    log_format: str
    code_sha256: str
    reserved: int | None
    """Concurrent executions reserved for it, None without a reservation."""

    @property
    def region(self) -> str:
        """The region that its ARN names."""
        return self.arn.split(":")[3]

    @property
    def revision(self) -> str:
        """Changes whenever anything of the configuration or of the code does."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    def environment(self) -> dict[str, str]:
        """The variables that the Lambda runtime sets, under those of the function's own.

        https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
        """
        return {
            **self.variables,
            "_HANDLER": self.handler,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EXECUTION_ENV": _EXECUTION_ENVIRONMENT.format(runtime=self.runtime),
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.memory),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_FORMAT": self.log_format,
            "AWS_LAMBDA_LOG_GROUP_NAME": self.log_group,
            "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]sandbox",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "PYTHONDONTWRITEBYTECODE": "1",  # /var/task is read-only
        }


def held(account: str, region: str, name_or_arn: str) -> LambdaFunction:
    """The function as moto holds it.

    Raises:
        moto.awslambda.exceptions.UnknownFunctionException: there is none of this name.
    """
    return lambda_backends[account][region].get_function(name_or_arn)


def read(account: str, region: str, name_or_arn: str) -> Deployed:
    """The function's configuration as it is now; raises as `held` does."""
    function = held(account, region, name_or_arn)
    reserved = function.reserved_concurrency
    return Deployed(
        name=function.function_name,
        arn=function.function_arn,
        role=function.role,
        handler=function.handler,
        runtime=function.run_time,
        timeout=float(function.timeout),
        memory=int(function.memory_size),
        variables=dict(function.environment_vars),
        log_group=function.logs_group_name,
        log_format=getattr(function, "logging_config", {}).get("LogFormat", "Text"),
        code_sha256=function.code_sha_256,
        reserved=None if reserved is None else int(reserved),
    )


def invoke_config(account: str, deployed: Deployed) -> dict[str, Any]:
    """How the function's asynchronous invocations are retried and where failures go, or empty."""
    configs = held(account, deployed.region, deployed.name).event_invoke_config
    return dict(configs[-1].config) if configs else {}


def dead_letter_target(account: str, deployed: Deployed) -> str | None:
    """The ARN in the function's DeadLetterConfig."""
    function = held(account, deployed.region, deployed.name)
    config = getattr(function, "dead_letter_config", None) or {}
    return config.get("TargetArn")


def code(account: str, deployed: Deployed) -> bytes:
    """The function's package, a zip file, as it was uploaded."""
    found = held(account, deployed.region, deployed.name).code_bytes
    return base64.b64decode(found) if isinstance(found, str) else bytes(found)
