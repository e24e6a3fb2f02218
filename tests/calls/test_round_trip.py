"""A change made and then reverted leaves what was there before, whatever that was."""

from dataclasses import replace
from functools import partial

from hypothesis import assume, given
from hypothesis import strategies as st

from lambdas.calls import CATALOG
from lambdas.calls.oidc_provider import listed
from lambdas.calls.password_policy import spelled
from lambdas.calls.selectors import canonical
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Irreversible
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind
from tests.calls.cases import cases, change, state
from tests.service.fakes import FakeAccount, FakeClock, FakeReverts

SWITCH = st.sampled_from(["true", "false"])
TEXT = st.text(min_size=1)
SETTINGS = st.fixed_dictionaries(
    {
        "S3BucketName": TEXT,
        "IncludeGlobalServiceEvents": SWITCH,
        "IsMultiRegionTrail": SWITCH,
        "EnableLogFileValidation": SWITCH,
        "IsOrganizationTrail": st.just("false"),
    },
    optional={
        "S3KeyPrefix": TEXT,
        "SnsTopicName": TEXT,
        "CloudWatchLogsLogGroupArn": TEXT,
        "CloudWatchLogsRoleArn": TEXT,
        "KmsKeyId": TEXT,
    },
)
"""A trail's, of which no organisation's comes back."""
ROLE_SETTINGS = st.fixed_dictionaries(
    {"MaxSessionDuration": st.sampled_from(["3600", "7200", "43200"])},
    optional={"Description": TEXT},
)
SELECTORS = [
    {"EventSelectors": canonical([{}])},
    {"EventSelectors": canonical([{"ReadWriteType": "ReadOnly"}])},
    {"AdvancedEventSelectors": canonical([{"Name": "None", "FieldSelectors": []}])},
]
INSIGHTS = [{}, {ONLY: canonical([{"InsightType": "ApiErrorRateInsight"}])}]

THUMBPRINTS = st.builds(listed, st.lists(TEXT))
OF_KIND = {
    Kind.SAML_PROVIDER: st.fixed_dictionaries(
        {"SAMLMetadataDocument": TEXT, "AssertionEncryptionMode": TEXT}
    ),
    Kind.OIDC_PROVIDER: st.fixed_dictionaries({"Url": TEXT, "ThumbprintList": THUMBPRINTS}),
    Kind.TRAIL: SETTINGS,
    Kind.ROLE: ROLE_SETTINGS,
}
"""The settings of each kind of subject that has any."""
POLICIES = st.builds(
    spelled,
    st.fixed_dictionaries(
        {"MinimumPasswordLength": st.integers(6, 128)},
        optional={"MaxPasswordAge": st.integers(1, 1095), "RequireSymbols": st.booleans()},
    ),
)


def switched(changed: str, other: str) -> st.SearchStrategy[dict[str, str]]:
    """Credentials with their status, that of the changed one among them."""
    status = st.sampled_from(["Active", "Inactive"])
    return st.fixed_dictionaries({changed: status}, optional={other: status})


def targets(*ids: str) -> st.SearchStrategy[dict[str, str]]:
    """Targets of a watch by their ids, some of them or none."""
    arns = st.sampled_from(["arn:aws:sqs:us-east-1:123456789012:a", "arn:aws:sns:b"])
    return st.fixed_dictionaries({}, optional={id_: arns.map(partial(_target, id_)) for id_ in ids})


def _target(id_: str, arn: str) -> str:
    return canonical({"Id": id_, "Arn": arn})


VALUES = {
    Part.LOGIN_POLICY: st.dictionaries(st.just(ONLY), POLICIES, max_size=1),
    Part.ALIAS: st.dictionaries(st.just(ONLY), TEXT, max_size=1),
    Part.STS_VERSION: st.fixed_dictionaries({ONLY: st.sampled_from(["v1Token", "v2Token"])}),
    Part.OUTBOUND_FEDERATION: st.just({}),
    Part.SELECTORS: st.sampled_from(SELECTORS),
    Part.INSIGHTS: st.sampled_from(INSIGHTS),
    Part.ACCESS_KEYS: switched("AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"),
    Part.SSH_KEYS: switched("APKAIOSFODNN7EXAMPLE", "APKAI44QH8DHBEXAMPLE"),
    Part.SIGNING_CERTIFICATES: switched(
        "TA7SMP42TDN5Z26OBPJE7EXAMPLE", "TB7SMP42TDN5Z26OBPJE7EXAMPLE"
    ),
    Part.SERVICE_CREDENTIALS: switched("ACCAIOSFODNN7EXAMPLE", "ACCAI44QH8DHBEXAMPLE"),
    Part.LOGIN_PROFILE: st.just({}),
    Part.NAME: st.fixed_dictionaries({ONLY: st.text(min_size=1)}),
    Part.PATH: st.fixed_dictionaries({ONLY: st.text(min_size=1)}),
    Part.LOGGING: st.fixed_dictionaries({ONLY: st.sampled_from(["true", "false"])}),
    Part.STATE: st.fixed_dictionaries({ONLY: st.sampled_from(["ENABLED", "DISABLED"])}),
    Part.CONCURRENCY: st.dictionaries(st.just(ONLY), st.integers(0, 100).map(str), max_size=1),
    Part.TARGETS: targets("Target0", "Target1", "Target2"),
    Part.ROLE: st.dictionaries(st.just(ONLY), st.text(min_size=1), max_size=1),
    Part.BOUNDARY: st.dictionaries(st.just(ONLY), st.text(min_size=1), max_size=1),
    Part.TRUST: st.fixed_dictionaries({ONLY: st.text(min_size=1)}),
}
ADVANCED = st.sampled_from(
    [canonical([{"Name": name, "FieldSelectors": []}]) for name in ("None", "Other")]
)
STORES = {
    Part.SETTINGS: st.fixed_dictionaries(
        {
            "Name": TEXT,
            "RetentionPeriod": st.integers(7, 3653).map(str),
            "MultiRegionEnabled": SWITCH,
            "TerminationProtectionEnabled": SWITCH,
        },
        optional={"FederationRoleArn": TEXT},
    ),
    Part.SELECTORS: st.fixed_dictionaries({"AdvancedEventSelectors": ADVANCED}),
    Part.EVENT_CONFIGURATION: st.fixed_dictionaries(
        {"MaxEventSize": st.sampled_from(["Standard", "Large"])},
        optional={"ContextKeySelectors": ADVANCED},
    ),
    Part.RESOURCE_POLICY: st.dictionaries(st.just(ONLY), TEXT, max_size=1),
    Part.LOGGING: VALUES[Part.LOGGING],
}
"""An event data store's."""
ONE_WAY = {"KmsKeyId", "BillingMode", "OrganizationEnabled"}
"""What of an event data store no call puts back."""
HELD = st.dictionaries(st.text(min_size=1), st.text(), max_size=3)
NAMES = {
    Part.ATTACHED: lambda key: key.rpartition("/")[2],
    Part.GROUPS: lambda key: key,
    Part.CLIENT_IDS: lambda key: key,
}


UNDONE = [
    found
    for found in cases("parsed")
    if not (found[0].irreversible or found[0].contains or found[0].lifecycle)
    and found[1]["edits"]
    and found[1]["subject"]["kind"] != Kind.ROOT
    and not (
        found[1]["subject"]["kind"] == Kind.EVENT_DATA_STORE
        and ONE_WAY & {edit["key"] for edit in found[1]["edits"]}
    )
]
"""What makes or deletes its subject, or is only contained, does not come back by its edits.

Nor does what was done to the root user.
"""


@st.composite
def policy(draw: st.DrawFn, made: Change) -> State:
    """A policy before a version of it was made or chosen."""
    versions = draw(st.dictionaries(st.sampled_from(["v1", "v4", "v5"]), st.text(), min_size=1))
    default = draw(st.sampled_from(sorted(versions)))
    held = state(made, {Part.VERSIONS: versions, Part.DOCUMENT: {}})
    return held.edited(Part.DEFAULT, ONLY, default)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Change, State]:
    """A change that the case files know, and a state before it, with or without its key."""
    entry, case = draw(st.sampled_from(UNDONE))
    made = change(entry, case)
    if made.edits[0].part in (Part.DEFAULT, Part.VERSIONS):
        return made, draw(policy(made))
    return made, state(made, {edit.part: draw(holding(made, edit)) for edit in made.edits})


@st.composite
def holding(draw: st.DrawFn, made: Change, edit: Edit) -> dict[str, str]:
    """What a part held before an edit of it."""
    assert made.subject is not None
    kind = made.subject.kind
    values = STORES if kind is Kind.EVENT_DATA_STORE else VALUES
    is_setting = edit.part is Part.SETTINGS and kind in OF_KIND
    held = draw(OF_KIND[kind] if is_setting else values.get(edit.part, HELD))
    if edit.part is Part.ROLE and edit.fresh:
        return {}
    if edit.part in (Part.INLINE, *NAMES) and draw(st.booleans()):
        former = NAMES.get(edit.part, lambda _: draw(st.text(min_size=1)))
        held = {**held, edit.key: former(edit.key)}
    return held


@given(changed())
def test_what_is_reverted_is_as_it_was(found: tuple[Change, State]) -> None:
    made, before = found
    account = FakeAccount(FakeClock())
    account.have(made.applied_to(before))
    entry = CATALOG[made.source, made.name]
    for call in entry.revert(made, before, made.applied_to(before)):
        FakeReverts(account).make(call)
    assert [after.parts for after in account.world.values()] == [before.parts]


@given(changed())
def test_what_is_reverted_needs_no_other_revert(found: tuple[Change, State]) -> None:
    made, before = found
    entry = CATALOG[made.source, made.name]
    assert entry.revert(made, before, before) == ()


@given(changed())
def test_whoever_was_not_read_before_is_left_alone(found: tuple[Change, State]) -> None:
    made, before = found
    assume(not made.fresh)
    unread = replace(before, parts={})
    revert = CATALOG[made.source, made.name].revert(made, unread, made.applied_to(before))
    assert isinstance(revert, Irreversible)
