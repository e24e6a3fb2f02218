"""What a month costs, reckoned from a small template."""

import json

import pytest

from cli.cost.page import _BILL, dollars, page
from cli.cost.prices import PRICES, Item
from cli.cost.usage import CHANGES, MAILED, MONTH, UNDONE, counts, monthly


def function(handler, memory=1024, **settings):
    variables = {"SNAPBACK_SETTINGS": json.dumps(settings)}
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Handler": f"lambdas.handlers.{handler}.handler",
            "MemorySize": memory,
            "Environment": {"Variables": variables},
        },
    }


def schedule(expression, target="Sweep"):
    targets = [{"Arn": {"Fn::GetAtt": [target, "Arn"]}}]
    properties = {"ScheduleExpression": expression, "Targets": targets}
    return {"Type": "AWS::Events::Rule", "Properties": properties}


def template(**resources):
    return {"Resources": resources}


EVALUATE = template(Evaluate=function("evaluate_change"))


def test_without_a_change_only_what_is_there_is_paid_for():
    bill = dollars(monthly(template(Key={"Type": "AWS::KMS::Key"}), 0))
    assert bill["keys"] == 1.0
    assert bill["functions"] == bill["table"] == bill["mails"] == 0.0


@pytest.mark.parametrize("line", ["table", "logs", "mails"])
def test_ten_times_the_changes_cost_ten_times(line):
    few, many = (dollars(monthly(EVALUATE, size))[line] for size in (1_000, 10_000))
    assert many == pytest.approx(10 * few)
    assert few > 0


def test_each_recipient_is_mailed():
    one, two = (monthly(EVALUATE, 1_000, recipients=each)[Item.MAIL] for each in (1, 2))
    assert two == 2 * one


@pytest.mark.parametrize(
    ("expression", "runs"),
    [
        pytest.param("rate(1 minute)", MONTH / 60, id="each minute"),
        pytest.param("rate(10 minutes)", MONTH / 600, id="every ten minutes"),
        pytest.param("rate(1 hour)", MONTH / 3600, id="each hour"),
        pytest.param("rate(1 day)", 30, id="each day"),
        pytest.param("cron(17 4 * * ? *)", 30, id="at a time of day"),
    ],
)
def test_a_schedule_invokes_its_function(expression, runs):
    used = monthly(template(Sweep=function("sweep", 512), Rule=schedule(expression)), 0)
    assert used[Item.FUNCTION_REQUEST] == runs
    assert used[Item.FUNCTION_SECOND] == pytest.approx(runs * 60 / 2)


def test_a_schedule_that_is_not_understood_is_an_error():
    with pytest.raises(ValueError, match="Rule has the schedule"):
        monthly(template(Sweep=function("sweep"), Rule=schedule("cron(0 0/5 * * ? *)")), 0)


def test_a_queue_is_polled_while_it_is_empty():
    used = monthly(template(Feed={"Type": "AWS::Lambda::EventSourceMapping"}), 0)
    assert used[Item.QUEUE_REQUEST] == 648_000


@pytest.mark.parametrize(
    ("resources", "undone"),
    [
        pytest.param({}, 0, id="where nothing is undone"),
        pytest.param({"Undo": function("undo_change")}, 20 * 24 * 30, id="by the default limit"),
        pytest.param(
            {"Undo": function("undo_change", undoLimits={"perAccount": 1})}, 720, id="by another"
        ),
    ],
)
def test_what_is_beyond_the_limit_of_undos_is_mailed(resources, undone):
    found = counts(template(**resources), 10_000_000)
    assert found[UNDONE] == undone
    assert sum(found.values()) == pytest.approx(10_000_000)
    assert found[MAILED] > found[UNDONE]


def test_the_shares_are_of_a_whole():
    assert sum(each.share for each in CHANGES.values()) == pytest.approx(1)


@pytest.mark.parametrize("item", Item)
def test_every_item_has_a_price_with_its_source_and_is_on_the_bill(item):
    assert PRICES[item].page.startswith("https://aws.amazon.com/")
    assert [item in items for items in _BILL.values()].count(True) == 1
    written = next(line for line in page(EVALUATE).splitlines() if line.startswith(f"| {item} |"))
    assert (PRICES[item].read or "**to be checked**") in written
