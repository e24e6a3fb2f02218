"""The central mails: one of a few by itself, and of a storm all in one with nothing left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.forwarded import Forwarded
from lambdas.model.severity import Severity
from lambdas.service.central_mail import MOST_IDS, WORST, alone, gravity, together
from lambdas.service.mails import LONGEST_BODY, LONGEST_SUBJECT
from lambdas.settings.central import TOLD_TOGETHER

ACCOUNT = "123456789012"
IDS = [f"20260301-{number:016x}" for number in range(600)]


def forwarded(
    subject: str = "[HIGH] eve attached", text: str = "text\n", account: str = ACCOUNT
) -> Forwarded:
    return Forwarded(account=account, region="us-east-1", subject=subject, text=text)


def lines(body: str) -> list[str]:
    """What is said of each mail, without its number."""
    return re.findall(r"^  \d+\. (.*)$", body, re.MULTILINE)


def test_one_mail_is_told_as_it_was_with_its_account() -> None:
    mail = alone(forwarded("[HIGH] eve attached (account 123456789012)", "first\nsecond\n"))
    assert mail.subject == f"{ACCOUNT} [HIGH] eve attached (account {ACCOUNT})"
    assert mail.body == f"Account {ACCOUNT}, us-east-1\n\nfirst\nsecond\n"


FOREIGN = {
    "a subject of two lines": ("[HIGH] a\nb", "text", "[HIGH] a\\nb", "text"),
    "a subject with a link": ("see https://evil.example", "text", "see https[://]evil[.]e", "text"),
    "letters that are not ASCII": ("ü", "ü\nü", "\\xfc", "\\xfc\n\\xfc"),
    "half a letter": ("\ud800", "\ud800", "\\ud800", "\\ud800"),
    "control characters": ("\x00", "a\x00\r\nb", "\\x00", "a\\x00\\r\nb"),
    "nothing at all": ("", "", "", ""),
}


@pytest.mark.parametrize(("subject", "text", "shown", "told"), FOREIGN.values(), ids=FOREIGN)
def test_what_sns_would_refuse_is_told_so_that_it_does_not(
    subject: str, text: str, shown: str, told: str
) -> None:
    mail = alone(forwarded(subject, text))
    assert mail.subject.startswith(f"{ACCOUNT} {shown}")
    assert mail.body.endswith(f"\n\n{told}")
    many = together([forwarded(subject, text)] * 4)
    assert len(lines(many.body)) == 4
    assert (many.body + mail.body + mail.subject).isascii()


def test_what_is_too_long_for_sns_is_cut_and_says_so() -> None:
    mail = alone(forwarded("s" * 500, "ü" * LONGEST_BODY))
    assert len(mail.subject) == LONGEST_SUBJECT
    assert len(mail.body) == LONGEST_BODY
    assert mail.body.endswith("... (cut: the mail of the account itself has the rest)")


def test_many_are_told_with_how_many_of_how_many_accounts_and_how_bad() -> None:
    mails = [forwarded()] * 3 + [forwarded("[CRITICAL] mallory", account="222233334444")]
    mail = together(mails)
    assert mail.subject == "[CRITICAL] 4 mails of 2 accounts told together"
    assert "What   1 critical, 3 high\n" in mail.body
    assert "From   123456789012 (3), 222233334444 (1)\n" in mail.body
    assert together(mails[:3]).subject == "[HIGH] 3 mails of 1 account told together"


def test_of_many_accounts_those_with_most_mails_are_named() -> None:
    mails = [forwarded(account=f"{number:012}") for number in range(12)]
    assert ", 000000000009 (1), and 2 more\n" in together(mails).body


def test_all_have_a_line_with_account_subject_and_incident() -> None:
    text = f"text\n\nIncident {IDS[7]}\n"
    body = together([forwarded("[HIGH] eve (account 123456789012)", text)] * 4).body
    assert lines(body) == [f"{ACCOUNT} [HIGH] eve (incident {IDS[7]})"] * 4


def test_a_subject_that_names_another_account_keeps_it() -> None:
    body = together([forwarded("[HIGH] eve (account 999988887777)")] * 4).body
    assert lines(body)[0] == f"{ACCOUNT} [HIGH] eve (account 999988887777)"


def test_of_a_mail_about_many_incidents_the_first_are_named_once_each() -> None:
    text = "".join(f"  - high (incident {each})\n" for each in [*IDS[:5], *IDS[:5]])
    [line, *_] = lines(together([forwarded(text=text)] * 4).body)
    assert line.endswith(f"(incident {', '.join(IDS[:MOST_IDS])} and 2 more)")


def test_the_texts_of_the_worst_follow_and_of_no_others() -> None:
    mails = [forwarded(f"[LOW] {n}", f"<{n}>") for n in range(WORST)]
    mails += [forwarded(f"[HIGH] {n}", f"<{n}>") for n in range(WORST, 2 * WORST)]
    mail = together(mails)
    assert re.findall(r"<(\d+)>", mail.body) == [str(n) for n in range(WORST, 2 * WORST)]
    assert "THE TEXTS OF THE WORST\n" in mail.body
    assert f"\n1. Account {ACCOUNT}, us-east-1\n\n<10>\n" in mail.body
    assert "\nTHEIR TEXTS\n" in together(mails[:4]).body


def test_a_text_takes_what_the_ones_before_it_leave() -> None:
    short, long = forwarded("[CRITICAL] a", "a"), forwarded("[HIGH] b", "b" * 150_000)
    assert "b" * 150_000 in together([short] * 3 + [long]).body


ORDERED = {
    "the worst comes first": (
        ["[LOW] d", "[RESTORED] r", "[MEDIUM] c", "[CRITICAL] a", "[HIGH] b"],
        ["[CRITICAL] a", "[HIGH] b", "[MEDIUM] c", "[LOW] d", "[RESTORED] r"],
    ),
    "what lasts is as bad": (
        ["[HIGH] a", "[STILL CRITICAL] b"],
        ["[STILL CRITICAL] b", "[HIGH] a"],
    ),
    "a failed undo is critical": (
        ["[HIGH] a", "[CRITICAL: UNDO FAILED] b"],
        ["[CRITICAL: UNDO FAILED] b", "[HIGH] a"],
    ),
    "what is not known may be anything": (
        ["[MEDIUM] a", "Snapback", "[NEW] b"],
        ["Snapback", "[NEW] b", "[MEDIUM] a"],
    ),
    "what is equally bad stays in its order": (["[LOW] b", "[LOW] a"], ["[LOW] b", "[LOW] a"]),
}


@pytest.mark.parametrize(("subjects", "ordered"), ORDERED.values(), ids=ORDERED)
def test_the_order(subjects: list[str], ordered: list[str]) -> None:
    body = together([forwarded(each) for each in subjects]).body
    assert lines(body) == [f"{ACCOUNT} {each}" for each in ordered]


def test_an_account_that_sends_many_hides_none_of_anothers() -> None:
    mails = [forwarded(f"[CRITICAL] noise {number}") for number in range(100)]
    body = together([*mails, forwarded("[CRITICAL] signal", account="222233334444")]).body
    assert [each[13:] for each in lines(body)[:3]] == [
        "[CRITICAL] noise 0",
        "[CRITICAL] signal",
        "[CRITICAL] noise 1",
    ]


@pytest.mark.parametrize("subject", ["Snapback", "", "[new] x", "CRITICAL", "[UNHEARD OF] x"])
def test_how_bad_a_mail_without_a_known_label_is_is_not_known(subject: str) -> None:
    assert gravity(subject) is None


def test_a_label_says_how_bad_it_is() -> None:
    assert gravity("[STILL CRITICAL] Snapback feeds") is Severity.CRITICAL


def test_all_that_one_run_is_given_fits_into_one_mail() -> None:
    """Whatever their accounts send: subjects, texts and ids of any length."""
    text = "\x00" * 1_000 + "".join(f"incident {each}\n" for each in IDS) + "t" * 200_000
    mails = [
        forwarded(f"[HIGH] {number} " + "\x00" * 1_000, text, f"{number:012}")
        for number in range(TOLD_TOGETHER)
    ]
    body = together(mails).body
    assert len(body) <= LONGEST_BODY
    assert body.isascii()
    assert [each.split()[0] for each in lines(body)] == [each.account for each in mails]
    assert all(f"\n{n}. Account {n - 1:012}" in body for n in range(1, WORST + 1))


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=30))
def test_nothing_is_lost(found: list[tuple[str, str]]) -> None:
    mails = [forwarded(subject, text, f"{n:012}") for n, (subject, text) in enumerate(found)]
    mail = together(mails)
    listed = mail.body.partition("THE WORST FIRST\n")[2].partition("\n\n")[0].splitlines()
    told = sorted(line.split()[1] for line in listed)
    assert told == [each.account for each in mails]
    assert len(mail.body) <= LONGEST_BODY
    assert mail.subject.isprintable()
