"""What people ask first of the logs, as queries for CloudWatch Logs Insights.

The fields are those that `lambdas.handlers` log; Insights finds them in lines of JSON by itself.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
"""

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "What happened to one incident": """\
fields @timestamp, message, severity, call, actor, subject, alert, held, outcome, exception_name
| filter incident = "PUT THE INCIDENT'S ID HERE"
| sort @timestamp asc""",
    "What was risky, and who did it": """\
fields @timestamp, severity, call, actor, subject, findings.0, alert, undo, incident
| filter message = "judged" and severity in ["critical", "high", "medium"]
| sort @timestamp desc""",
    "Why was nobody mailed, or nothing undone": """\
fields @timestamp, call, event_id, ignored, severity, alert, held, incident
| filter ispresent(ignored) or ispresent(held)
| sort @timestamp desc""",
    "How did the undos end, and how long did they take": """\
fields @timestamp, outcome, seconds, call, incident
| filter message = "undone" and look = 0
| sort @timestamp desc""",
    "What went wrong, and where": """\
fields @timestamp, @log, incident, call, message, exception_name, exception, @message
| filter level in ["ERROR", "CRITICAL"] or @message like /Task timed out|Runtime exited|\\[ERROR\\]/
| sort @timestamp desc""",
}
"""Question -> query; each is limited by the time that is chosen beside it."""
