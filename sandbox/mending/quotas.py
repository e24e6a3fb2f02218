"""Lambda's quotas, which moto does not tell: those of MOTO_LAMBDA_CONCURRENCY_QUOTA, or of AWS.

https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
"""

import json
import os

from moto.awslambda import urls
from moto.awslambda.responses import LambdaResponse

from sandbox.mending.patch import Patch

_QUOTA = "MOTO_LAMBDA_CONCURRENCY_QUOTA"
_DEFAULT = 1000
_PATH = r"{0}/(?P<api_version>[^/]+)/account-settings/?$"


def _account_settings(response: LambdaResponse) -> str:
    """What is reserved for single functions is taken off what the others share."""
    most = int(os.environ.get(_QUOTA, _DEFAULT))
    functions = response.backend.list_functions()
    reserved = sum(int(each.reserved_concurrency or 0) for each in functions)
    limit = {
        "TotalCodeSize": 80_530_636_800,
        "CodeSizeUnzipped": 262_144_000,
        "CodeSizeZipped": 52_428_800,
        "ConcurrentExecutions": most,
        "UnreservedConcurrentExecutions": most - reserved,
    }
    usage = {"TotalCodeSize": 0, "FunctionCount": len(functions)}
    return json.dumps({"AccountLimit": limit, "AccountUsage": usage})


PATCHES = (
    Patch(LambdaResponse, "get_account_settings", _account_settings),
    Patch(urls, "url_paths", {**urls.url_paths, _PATH: LambdaResponse.dispatch}),
)
