"""A request of which the context is not known: what AWS says to it in any, in some, in no context.

Every Allow that applies can only add to what is allowed, and every Deny take from it. So two
rulings bound all the others: one in which what is not known falls out for the request wherever it
can, and one in which it falls out against it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lambdas.policy.applying import Fit
from lambdas.policy.condition import Asked, UndecidedError
from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.match import matches
from lambdas.policy.reaching import Found, Levels, Policies, words
from lambdas.policy.request import Request
from lambdas.policy.ruling import Result, decide_request
from lambdas.policy.source import Source
from lambdas.policy.variables import Variable, resolved
from lambdas.policy.wording import condition_words


def decide_unknown(request: Request, policies: Policies) -> Decision:
    """Whether all policies allow a request in every context, in some, or in none.

    The keys of the request's context are known; any other key may be absent or hold anything.
    """
    most, least = (_Bounding(request, favour=favour) for favour in (True, False))
    bound = most.policies(policies)
    best = decide_request(request, bound)
    if best.result is not Result.ALLOWED:
        return Decision(Answer.DENIED, tuple(map(words, best.found)))
    worst = decide_request(request, least.policies(policies))
    if worst.result is Result.ALLOWED:
        return Decision(Answer.ALLOWED, worst.because)
    asking = (s for _, s in (*best.found, *_limiting(bound)) if s in most.open)
    given = [f"if {condition_words(each)}" for each in asking]
    given += [f"unless {condition_words(each)}" for _, each in worst.found]
    found = dict.fromkeys(map(words, (*best.found, *worst.found)))
    return Decision(Answer.CONDITIONAL, tuple(found), tuple(dict.fromkeys(given)))


def _limiting(policies: Policies) -> Iterator[Found]:
    """What an organization's policies allow: rulings do not name it among what decided."""
    for level in (*policies.scps, *policies.rcps):
        for source in level:
            yield from ((source, s) for s in source.document.statements if s.effect is Effect.ALLOW)


class _Bounding:
    """Makes policies of which every statement applies or not, whatever the context.

    ``open`` are the statements of which that is not known: they fall out for the request, or
    against it.
    """

    def __init__(self, request: Request, *, favour: bool) -> None:
        self._request = request
        self._favoured = Effect.ALLOW if favour else Effect.DENY
        self._known = {key: each[0] for key, each in request.context.items() if len(each) == 1}
        self.open: set[Statement] = set()

    def policies(self, given: Policies) -> Policies:
        return Policies(
            identity=self._sources(given.identity),
            boundary=self._source(given.boundary),
            scps=self._levels(given.scps),
            rcps=self._levels(given.rcps),
            session=self._source(given.session),
            resource=self._source(given.resource),
        )

    def _levels(self, levels: Levels) -> Levels:
        return tuple(map(self._sources, levels))

    def _sources(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        """Those that surely apply come first: one that allows for sure is the reason to name."""
        made = [Source(each.says, self._document(each.document)) for each in sources]
        return tuple(
            sorted(made, key=lambda each: not self.open.isdisjoint(each.document.statements))
        )

    def _source(self, given: Source | None) -> Source | None:
        return self._sources((given,))[0] if given else None

    def _document(self, document: Document) -> Document:
        made = (self._made(each) for each in document.naming(self._request.action))
        kept = [each for each in made if each is not None]
        return Document(document.version, tuple(sorted(kept, key=self.open.__contains__)))

    def _made(self, statement: Statement) -> Statement | None:
        fit = min(self._fit_of_resource(statement), self._fit_of_condition(statement))
        if fit is Fit.NO or (fit is Fit.IF and statement.effect is not self._favoured):
            return None
        made = replace(statement, on=None, not_on=None, asked=(), anywhere=True)
        if fit is Fit.IF:
            self.open.add(made)
        return made

    def _fit_of_resource(self, statement: Statement) -> Fit:
        if statement.resources is not None:
            return self._reached(statement.resources, statement)
        return Fit(Fit.YES - self._reached(statement.not_resources or (), statement))

    def _reached(self, patterns: Iterable[str], statement: Statement) -> Fit:
        texts = (
            resolved(each, self._known) if statement.variables else (each, True)
            for each in patterns
        )
        resource = self._request.resource
        return max(
            (Fit.YES if sure else Fit.IF for text, sure in texts if matches(text, resource)),
            default=Fit.NO,
        )

    def _fit_of_condition(self, statement: Statement) -> Fit:
        return min(map(self._held, statement.asked), default=Fit.YES)

    def _held(self, asked: Asked) -> Fit:
        """Whether a condition holds; what cannot be judged is as if it were not known."""
        context = self._request.context
        pieces = (piece for each in asked.templates for piece in each.pieces)
        names = {asked.key, *(each.name for each in pieces if isinstance(each, Variable))}
        if not names <= context.keys():
            return Fit.IF
        try:
            return Fit.YES if asked.holds(context) else Fit.NO
        except UndecidedError:
            return Fit.IF
