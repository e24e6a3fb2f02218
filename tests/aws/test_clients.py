from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import NoRegionError

from lambdas.aws import clients


@pytest.mark.parametrize("name", ["iam", "dynamodb", "sns", "sqs"])
def test_a_client_is_made_once_even_by_many_threads(aws: None, name: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: getattr(clients, name)(), range(32)))
    assert len({id(client) for client in made}) == 1
    assert made[0].meta.service_model.service_name == name


def test_a_trails_client_is_made_once_for_each_region(aws: None) -> None:
    first, second = clients.cloudtrail("us-east-1"), clients.cloudtrail("eu-west-1")
    assert first is clients.cloudtrail("us-east-1")
    assert [first.meta.region_name, second.meta.region_name] == ["us-east-1", "eu-west-1"]


def test_the_region_is_the_functions_own(aws: None) -> None:
    assert clients.region() == "us-east-1"


def test_a_function_without_a_region_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "_session", type("Session", (), {"region_name": None})())
    with pytest.raises(NoRegionError):
        clients.region()
