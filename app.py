"""Names the stacks and their regions."""

import sys

from aws_cdk import App, Environment

from lambdas.settings import SettingsError
from stacks.context import chosen, shipped
from stacks.home import HomeStack

app = App(context=shipped())
try:
    settings = chosen()
except SettingsError as error:
    sys.exit(f"snapback: {error}")
HomeStack(app, "Snapback", settings=settings, env=Environment(region=settings.home_region))
app.synth()
