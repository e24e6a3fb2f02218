"""Service principals: the same service may be spelled with a region, or as in China.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

import re

from lambdas.policy.match import meets

_REGION = r"[a-z]{2,4}(?:-[a-z]+)+-\d+"
_SPELLED = re.compile(rf"(.+?)(?:\.{_REGION})?\.amazonaws\.com(?:\.cn)?", re.IGNORECASE)
_SOME_REGION = "*-*-?"
_ENDS = (".amazonaws.com", ".amazonaws.com.cn")


def plain(service: str) -> str:
    """Such as states.amazonaws.com for states.us-east-1.amazonaws.com."""
    spelled = _SPELLED.fullmatch(service)
    return f"{spelled[1]}.amazonaws.com" if spelled else service


def plain_if(pattern: str, service: str) -> str:
    """The service where a pattern stands for it by one of its spellings; else the pattern."""
    if "*" not in pattern and "?" not in pattern:
        return plain(pattern)
    stem = service.removesuffix(_ENDS[0])
    spellings = [f"{stem}{infix}{end}" for infix in ("", f".{_SOME_REGION}") for end in _ENDS]
    return service if any(meets(pattern.lower(), each) for each in spellings) else pattern
