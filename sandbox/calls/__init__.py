"""Calls to the sandbox: what is asked, by whom, and with which credentials."""
