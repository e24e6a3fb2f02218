"""Names the stacks and their regions."""

import sys

from aws_cdk import App

from lambdas.settings import SettingsError
from stacks.account import account
from stacks.context import chosen, shipped

app = App(context=shipped())
try:
    settings = chosen()
except SettingsError as error:
    sys.exit(f"snapback: {error}")
account(app, settings)
app.synth()
