"""Service principals: the same service may be spelled with a region, or as in China.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

import re

_REGION = r"[a-z]{2,4}(?:-[a-z]+)+-\d+"
_SOME_REGION = r"[a-z0-9-]*[*?][a-z0-9*?-]*"
_SPELLED = re.compile(
    rf"(.+?)(?:\.(?:{_REGION}|{_SOME_REGION}))?\.amazonaws\.com(?:\.cn)?", re.IGNORECASE
)


def plain(service: str) -> str:
    """Such as states.amazonaws.com for states.us-east-1.amazonaws.com; patterns stay patterns."""
    spelled = _SPELLED.fullmatch(service)
    return f"{spelled[1]}.amazonaws.com" if spelled else service
