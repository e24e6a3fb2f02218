"""The `snapback` command: what people run on a laptop and against their account."""
