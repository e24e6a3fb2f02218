"""The stacks of one account: the home stack, and beside it what the settings ask for."""

from aws_cdk import Annotations, App, DefaultStackSynthesizer, Environment

from lambdas.settings import Settings
from lambdas.settings.regions import unverified
from stacks.central import CentralStack, code_bucket
from stacks.home import HomeStack
from stacks.regional import RegionalStack
from stacks.trail import TrailStack


def account(app: App, settings: Settings) -> HomeStack:
    """Every stack that the settings ask for, in the order in which they are deployed."""
    here = Environment(region=settings.home_region)
    home = _home(app, settings, here)
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


def _home(app: App, settings: Settings, here: Environment) -> HomeStack:
    """The home stack; in an organisation its code lies where every account of it may read it."""
    central = settings.central
    if central is None:
        return HomeStack(app, "Snapback", settings=settings, env=here)
    there = Environment(account=central.account, region=settings.home_region)
    shared = CentralStack(app, "SnapbackCentral", settings=settings, central=central, env=there)
    synthesizer = DefaultStackSynthesizer(
        file_assets_bucket_name=code_bucket(central, settings.home_region),
        generate_bootstrap_version_rule=False,
    )
    home = HomeStack(app, "Snapback", settings=settings, synthesizer=synthesizer, env=here)
    home.add_stack_dependency(shared)
    return home
