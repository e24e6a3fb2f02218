"""Handlers for small functions: what they do stands in the event."""

OBEDIENT = """
import json, os, time, boto3

SEEN = {}

def handler(event, context):
    if "Records" in event:
        return batch(event["Records"])
    detail = event.get("detail", event)
    SEEN[context.aws_request_id] = SEEN.get(context.aws_request_id, 0) + 1
    if detail.get("do") == "fail":
        raise ValueError("told to fail")
    if detail.get("do") == "fail once" and SEEN[context.aws_request_id] == 1:
        raise ValueError("told to fail once")
    if detail.get("do") == "sleep":
        time.sleep(detail["seconds"])
    if detail.get("do") == "publish":
        boto3.client("sns").publish(TopicArn=os.environ["TOPIC"], Subject="s", Message="m")
    if detail.get("do") == "list":
        boto3.client("iam").list_users()
    files = {"file": __file__, "boto3": boto3.__file__}
    return {"pid": os.getpid(), "variables": dict(os.environ), **files}

def batch(records):
    bodies = {r["messageId"]: r.get("body", "") for r in records}
    if "fail all" in bodies.values():
        raise ValueError("told to fail")
    failed = [i for i, body in bodies.items() if body == "fail"]
    return {"batchItemFailures": [{"itemIdentifier": i} for i in failed]}
"""
