"""The IAM policy language, pure: documents, matching, decisions, escalation."""
