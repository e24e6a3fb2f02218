"""Event data stores read live and listed, against moto as the sandbox completes it."""

import pytest
from mypy_boto3_cloudtrail import CloudTrailClient

from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.calls.selectors import canonical
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read, refusal

KEYS = [{"Type": "TagContext", "Equals": ["team"]}]
POLICY = '{ "Version":"2012-10-17","Statement":[]}'
ROLE = "arn:aws:iam::123456789012:role/athena"
MANAGEMENT = {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}


@pytest.fixture
def cloudtrail(aws: None) -> CloudTrailClient:
    return clients.cloudtrail("us-east-1")


@pytest.fixture
def store(cloudtrail: CloudTrailClient) -> Subject:
    made = cloudtrail.create_event_data_store(
        Name="all",
        AdvancedEventSelectors=[MANAGEMENT],
        TagsList=[{"Key": "team", "Value": "security"}],
    )
    return Subject(Kind.EVENT_DATA_STORE, made["EventDataStoreArn"])


def test_a_store_has_all_that_can_be_set_of_it(cloudtrail, store):
    state = read(store).of(store)
    assert (state.unique_id, state.arn) == (store.name, store.name)
    assert state.parts == {
        Part.SETTINGS: {
            "Name": "all",
            "MultiRegionEnabled": "true",
            "OrganizationEnabled": "false",
            "RetentionPeriod": "2557",
            "TerminationProtectionEnabled": "true",
            "BillingMode": "FIXED_RETENTION_PRICING",
        },
        Part.SELECTORS: {"AdvancedEventSelectors": canonical([MANAGEMENT])},
        Part.LOGGING: {ONLY: "true"},
        Part.EVENT_CONFIGURATION: {"MaxEventSize": "Standard"},
        Part.RESOURCE_POLICY: {},
        Part.TAGS: {"team": "security"},
    }


def test_what_is_set_is_read(cloudtrail, store):
    arn = store.name
    cloudtrail.put_event_configuration(
        EventDataStore=arn, MaxEventSize="Large", ContextKeySelectors=KEYS
    )
    cloudtrail.put_resource_policy(ResourceArn=arn, ResourcePolicy=POLICY)
    cloudtrail.enable_federation(EventDataStore=arn, FederationRoleArn=ROLE)
    cloudtrail.stop_event_data_store_ingestion(EventDataStore=arn)
    parts = read(store).of(store).parts
    assert parts[Part.EVENT_CONFIGURATION] == {
        "MaxEventSize": "Large",
        "ContextKeySelectors": canonical(KEYS),
    }
    assert parts[Part.RESOURCE_POLICY] == {ONLY: POLICY}
    assert parts[Part.SETTINGS]["FederationRoleArn"] == ROLE
    assert parts[Part.LOGGING] == {ONLY: "false"}


def test_one_that_is_not_federated_any_more_has_no_role(cloudtrail, store):
    cloudtrail.enable_federation(EventDataStore=store.name, FederationRoleArn=ROLE)
    cloudtrail.disable_federation(EventDataStore=store.name)
    assert "FederationRoleArn" not in read(store).of(store).parts[Part.SETTINGS]


@pytest.mark.parametrize("gone", [False, True], ids=["it waits for its deletion", "there is none"])
def test_one_that_is_deleted_is_absent_and_no_problem(cloudtrail, store, gone):
    cloudtrail.update_event_data_store(
        EventDataStore=store.name, TerminationProtectionEnabled=False
    )
    cloudtrail.delete_event_data_store(EventDataStore=store.name)
    subject = Subject(store.kind, store.name[:-1]) if gone else store
    states = read(subject)
    assert (states.known, states.absent, states.problems) == ({}, {subject}, ())


def test_one_without_management_events_has_no_configuration(cloudtrail, store, monkeypatch):
    error = refusal("InvalidEventDataStoreCategoryException")
    failing(monkeypatch, cloudtrail, "GetEventConfiguration", error)
    states = read(store)
    assert states.of(store).parts[Part.EVENT_CONFIGURATION] == {}
    assert states.problems == ()


PARTS = {
    "GetEventConfiguration": Part.EVENT_CONFIGURATION,
    "GetResourcePolicy": Part.RESOURCE_POLICY,
    "ListTags": Part.TAGS,
}


@pytest.mark.parametrize(("operation", "part"), PARTS.items())
def test_a_part_that_was_not_read_is_missing_and_a_problem(
    cloudtrail, store, monkeypatch, operation, part
):
    failing(monkeypatch, cloudtrail, operation, refusal("AccessDenied"))
    states = read(store)
    assert part not in states.of(store).parts
    assert [problem.says.partition(" could not")[0] for problem in states.problems] == [
        f"the {part} of {store}"
    ]


def test_a_store_that_cannot_be_read_is_a_problem(cloudtrail, store, monkeypatch):
    failing(monkeypatch, cloudtrail, "GetEventDataStore", refusal("AccessDenied"))
    states = read(store)
    assert (states.of(store), len(states.problems)) == (None, 1)


def swept():
    pages = list(LiveAccount().everything())
    known = {subject: state for page in pages for subject, state in page.known.items()}
    return known, [problem.says for page in pages for problem in page.problems]


def test_the_sweep_reads_every_one_from_a_list_in_pages(cloudtrail, store, monkeypatch):
    other = cloudtrail.create_event_data_store(Name="more")["EventDataStoreArn"]
    pages = iter([([store.name], {"NextToken": "next"}), ([other], {})])

    def page(_):
        arns, more = next(pages)
        return {"EventDataStores": [{"EventDataStoreArn": arn} for arn in arns], **more}

    failing(monkeypatch, cloudtrail, "ListEventDataStores", page)
    known, problems = swept()
    assert problems == []
    assert {*known} == {store, Subject(Kind.EVENT_DATA_STORE, other)}
    assert problems == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        pytest.param("UnsupportedOperationException", [], id="there are no stores here"),
        pytest.param("AccessDenied", ["a list could not be read"], id="nobody may ask"),
    ],
)
def test_a_list_that_is_not_given_stops_no_sweep(cloudtrail, store, monkeypatch, code, says):
    failing(monkeypatch, cloudtrail, "ListEventDataStores", refusal(code))
    known, problems = swept()
    assert known == {}
    assert [each.partition(":")[0] for each in problems] == says
