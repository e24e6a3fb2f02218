"""The stacks of one account: the home stack, and beside it what the settings ask for."""

from aws_cdk import Annotations, App, Environment

from lambdas.settings import Settings
from lambdas.settings.regions import unverified
from stacks.home import HomeStack
from stacks.regional import RegionalStack
from stacks.trail import TrailStack


def account(app: App, settings: Settings) -> HomeStack:
    """Every stack that the settings ask for, in the order in which they are deployed."""
    here = Environment(region=settings.home_region)
    home = HomeStack(app, "Snapback", settings=settings, env=here)
    if doubt := unverified(settings.home_region):
        Annotations.of(home).add_warning_v2("snapback:unverifiedPartition", doubt)
    for region in settings.regions:
        there = Environment(region=region)
        further = RegionalStack(
            app, f"Snapback-{region}", home_region=settings.home_region, env=there
        )
        # What is forwarded before there is anything at home to take it would be lost.
        further.add_stack_dependency(home)
    if settings.create_trail:
        TrailStack(app, "SnapbackTrail", env=here)
    return home
