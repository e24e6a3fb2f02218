"""The sandbox: an AWS account in one process, into which the real template is deployed."""
