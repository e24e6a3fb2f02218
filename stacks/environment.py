"""What the functions are given by variables, and by a file where these are too small."""

from lambdas.settings import Settings, dump

SETTINGS_FILE = "settings.json"
NAMESPACE = "Snapback"
SERVICE = "snapback"
"""What the functions' metrics are found by in CloudWatch."""
_ROOM = 2048
"""Bytes that the settings may take of the 4 KB that all of a function's variables share.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""


def settings_file(settings: Settings) -> str | None:
    """The settings as a file beside the code, or None where a variable holds them."""
    text = dump(settings)
    return text if len(text.encode()) > _ROOM else None


def variables(settings: Settings, *, table_name: str, topic_arn: str, own: str) -> dict[str, str]:
    """The variables that every function is given; ``own`` is how the names of our parts begin."""
    travel = (
        {"SNAPBACK_SETTINGS_FILE": SETTINGS_FILE}
        if settings_file(settings)
        else {"SNAPBACK_SETTINGS": dump(settings)}
    )
    return {
        **travel,
        "TABLE_NAME": table_name,
        "TOPIC_ARN": topic_arn,
        "OWN_NAMES": own,
        "POWERTOOLS_SERVICE_NAME": SERVICE,
        "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }
