"""Elements compared. That no comparison says too little is a property of the gains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.elements import Comparison, Element, Pattern, Piece
from lambdas.policy.match import matches

USER_ID = Pattern("b/${aws:userid}", "b/*", sure=False)
TEAM = Pattern("b/${aws:PrincipalTag/team}", "b/*", sure=False)
ALICE = Pattern("b/${aws:username}", "b/alice")


def only(*texts: str) -> Element:
    return Element.of(Pattern(text, text) for text in texts)


def all_but(*texts: str) -> Element:
    return Element.of((Pattern(text, text) for text in texts), all_but=True)


def pattern(text: str) -> Pattern:
    return Pattern(text, text)


@pytest.mark.parametrize(
    ("piece", "element"),
    [
        pytest.param(pattern("s3:get*"), only("s3:getobject"), id="not a wider pattern"),
        pytest.param(pattern("?3:get*"), only("s3:get*"), id="not an open service"),
        pytest.param(
            pattern("s3:get*"), all_but("s3:getobject"), id="not what is left out in part"
        ),
        pytest.param(all_but("s3:*"), only("s3:*", "ec2:*"), id="not all but some, in a few"),
        pytest.param(all_but("s3:get*"), all_but("s3:*"), id="not what leaves out less"),
        pytest.param(USER_ID, Element.of([TEAM]), id="not another variable"),
        pytest.param(pattern("b/x"), Element.of([USER_ID]), id="not what a variable may not be"),
        pytest.param(USER_ID, Element.of([pattern("b/x")]), id="not a variable in one value"),
        pytest.param(
            Element.of([USER_ID], all_but=True),
            all_but("b/x"),
            id="not where a variable may leave out something else",
        ),
    ],
)
def test_not_within(piece: Piece, element: Element) -> None:
    assert not Comparison().within(piece, element)


@pytest.mark.parametrize(
    ("piece", "element"),
    [
        pytest.param(pattern("s3:getobject"), only("s3:getobject"), id="the same"),
        pytest.param(pattern("s3:getobject"), only("ec2:*", "s3:get*"), id="a wider pattern"),
        pytest.param(pattern("s3:get*"), only("s?:*"), id="an open service"),
        pytest.param(pattern("s3:get*"), all_but("ec2:*"), id="what is not left out"),
        pytest.param(all_but("s3:*"), only("s3:*", "**"), id="all but some, in everything"),
        pytest.param(all_but("s3:*", "ec2:*"), all_but("s3:get*"), id="what leaves out more"),
        pytest.param(all_but("s3:*"), all_but("s3:*"), id="the same exception"),
        pytest.param(USER_ID, Element.of([USER_ID]), id="the same variable"),
        pytest.param(ALICE, only("b/al*"), id="the value of a variable that is known"),
        pytest.param(USER_ID, only("b/*"), id="whatever a variable may be"),
        pytest.param(USER_ID, all_but("c/*"), id="a variable that cannot be left out"),
    ],
)
def test_within(piece: Piece, element: Element) -> None:
    assert Comparison().within(piece, element)


@pytest.mark.parametrize(
    ("one", "other", "meeting"),
    [
        pytest.param(only("s3:get*"), only("ec2:*", "s3:put*"), False, id="nothing shared"),
        pytest.param(only("s3:get*"), all_but("s3:*"), False, id="what is left out"),
        pytest.param(only("s3:get*"), only("ec2:*", "s3:*object"), True, id="something shared"),
        pytest.param(only("s3:*"), all_but("s3:get*"), True, id="what is left out in part"),
        pytest.param(all_but("s3:*"), all_but("ec2:*"), True, id="two exceptions"),
    ],
)
def test_meeting(one: Element, other: Element, meeting: bool) -> None:
    assert Comparison().meet(one, other) is meeting
    assert Comparison().meet(other, one) is meeting


@pytest.mark.parametrize(
    ("pairs", "within"),
    [
        pytest.param(2, True, id="two pairs suffice for two patterns"),
        pytest.param(1, False, id="one does not, and what is not compared is not covered"),
    ],
)
def test_what_is_too_much_to_compare(pairs: int, within: bool) -> None:
    assert Comparison(pairs).within(pattern("s3:get"), only("s3:g*", "s3:p*")) is within
    assert Comparison(pairs).within(all_but("s3:*", "b"), all_but("s3:p")) is within
    assert Comparison(pairs).within(pattern("c"), all_but("a", "b")) is within
    assert Comparison(pairs).meet(only("a"), only("b", "c")) is not within


def test_the_same_is_found_however_much_there_is_to_compare() -> None:
    assert Comparison(0).within(pattern("a"), only("a", "b"))
    assert Comparison(0).within(all_but("a"), all_but("a"))


ELEMENTS = st.builds(
    lambda texts, without: all_but(*texts) if without else only(*texts),
    st.lists(st.text("ab:*?", max_size=4), min_size=1, max_size=3),
    st.booleans(),
)
TEXTS = st.text("ab:", max_size=4)


def _has(element: Element, text: str) -> bool:
    return element.all_but != any(matches(each.widest, text) for each in element.patterns)


@given(ELEMENTS, ELEMENTS, TEXTS)
def test_no_text_contradicts_a_comparison(one: Element, other: Element, text: str) -> None:
    comparison = Comparison()
    if all(comparison.within(piece, other) for piece in one.pieces):
        assert _has(other, text) or not _has(one, text)
    if not comparison.meet(one, other):
        assert not (_has(one, text) and _has(other, text))
    if one.everything:
        assert _has(one, text)
