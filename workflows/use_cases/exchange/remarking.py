"""The secretariat's remarks: collected while a submitted text is read, then sent with its return, or let go."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from workflows.notices.exchange import (
    Asked,
    AskRemark,
    Decision,
    DecisionAsk,
    RemarkCard,
    RemarkKept,
    RemarkLine,
    RemarksRegion,
    RemarksView,
    ReviewAnswer,
    ReviewDecided,
)
from workflows.reference import find_country
from workflows.review.events import Review
from workflows.review.passage import OUTSTANDING, Move, State, moved
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import Remark, RemarkKind
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.counting import became, consented, remark_line, round_lines, rounds_of
from workflows.use_cases.exchange.entering import (
    Came,
    admitted,
    content,
    enter_edition,
    focal_points,
    last_submitted,
    say,
    say_settled,
    secretariat,
    tell,
)
from workflows.use_cases.exchange.reading import answer_line
from workflows.use_cases.hearing import Heard, asking, closing, noted
from workflows.use_cases.made_of_messages import Made, corrected, joined, made_of
from workflows.use_cases.made_of_messages import noted as write
from workflows.use_cases.which_country import ask_which

LONGEST: Final = 60_000
"""How many characters a remark may have: some fifteen full messages, so that no paste is cut in its middle."""
TAKES_WORDING: Final = "text"
"""The kind of prompt for which a wording can be proposed."""
Problem = Literal["", "empty", "long"]


class Wanted(NamedTuple):
    """What a remark is asked for: an answer of a submitted text, and a comment on it or a wording for it."""

    edition: int
    prompt: str
    kind: RemarkKind


# --- one answer ---------------------------------------------------------------------------------------------------


async def show_answer(errand: Errand, edition_id: int, prompt: str, card: int | None = None) -> Came:
    """Show one submitted answer with its consent and remarks, and the keys to remark on it."""
    edition = await enter_edition(errand, "remark", edition_id)
    if isinstance(edition, str):
        return edition
    review = await content(errand, edition)
    if prompt not in review.template.prompts:
        return "stale"
    publish, quote = consented(await errand.work.consents.of_edition(edition.id))
    remarks = await errand.work.remarks.of_edition(edition.id)
    opened = edition.state == "submitted"
    view = ReviewAnswer(
        country=edition.country,
        edition=edition.id,
        answer=answer_line(review, prompt),
        remarks=tuple(
            map(remark_line, (r for r in remarks if r.prompt == prompt and r.state != "withdrawn"))
        ),
        publish=prompt in publish,
        quote=prompt in quote,
        can_remark=opened,
        can_propose=opened and _takes_wording(review, prompt),
    )
    await say_settled(errand, view, card)
    return "done"


def _takes_wording(review: Review, prompt: str) -> bool:
    return review.template.type_of(prompt).kind == TAKES_WORDING


# --- a remark is typed -----------------------------------------------------------------------------------------------


async def ask(errand: Errand, kind: RemarkKind, edition_id: int, prompt: str, problem: Problem = "") -> Came:
    """Let the next text be a comment on an answer or a wording proposed for it."""
    edition = await _open_to_remarks(errand, edition_id, prompt, kind)
    if isinstance(edition, str):
        return edition
    asked = AskRemark(country=edition.country, edition=edition.id, prompt=prompt, kind=kind, problem=problem)
    say(errand, asking(asked, f"remark_{kind}.{edition.id}.{prompt}"))
    return "done"


async def take(errand: Errand, wanted: Wanted, heard: Heard, goes_on: Sequence[int] = ()) -> Came:
    """Keep a remark until it is sent, or add to the one that it goes on with, if that is among these."""
    edition = await _open_to_remarks(errand, wanted.edition, wanted.prompt, wanted.kind)
    if isinstance(edition, str):
        return edition
    for each in goes_on:
        if await _is_kept_here(errand, each, wanted):
            return await add_to(errand, each, heard)
    problem = problem_of(heard.text)
    if problem:
        return await ask(errand, wanted.kind, wanted.edition, wanted.prompt, problem)
    remark = Remark(
        id=0,
        cycle_id=edition.cycle_id,
        country=edition.country,
        edition_id=edition.id,
        prompt=wanted.prompt,
        kind=wanted.kind,
        text=heard.text,
        round=0,
        state="kept",
        author_id=errand.person.id,
        at=errand.cause.now,
    )
    number = await errand.work.remarks.add(remark, errand.cause.now)
    errand.note("remark", edition.country, f"remark/{number}", "kept")
    return await _show_kept(errand, edition, number, joined("", (), heard.text, heard.message_id))


async def _is_kept_here(errand: Errand, remark_id: int, wanted: Wanted) -> bool:
    """Whether a remark is one of the person's own on this answer, of this kind, and not sent yet."""
    remark = await errand.work.remarks.get(remark_id)
    return (
        remark is not None
        and (remark.edition_id, remark.prompt, remark.kind) == wanted
        and (remark.author_id, remark.state) == (errand.person.id, "kept")
    )


async def add_to(errand: Errand, remark_id: int, heard: Heard) -> Came:
    """Add one more message to a remark that was not sent yet."""
    found = await _kept(errand, remark_id)
    if isinstance(found, str):
        return found
    edition, remark = found
    whole = f"{remark.text}\n{heard.text}"
    problem = problem_of(heard.text) or problem_of(whole)
    abouts = [about.partition(".") for about, _ in await noted(errand, "remark_more")]
    made = next((made_of(made) for number, _, made in abouts if number == str(remark_id)), ())
    if not problem:
        await errand.work.remarks.save(replace(remark, text=whole))
        made = joined(remark.text, made, heard.text, heard.message_id)
    return await _show_kept(errand, edition, remark_id, made, problem)


async def correct(errand: Errand, heard: Heard) -> bool:
    """Let a remark that was not sent follow the edit of one of its messages; False where there is none such."""
    for about, card in await noted(errand, "remark_more"):
        number, _, made = about.partition(".")
        found = await _kept(errand, int(number))
        if isinstance(found, str):
            continue
        edition, remark = found
        changed = corrected(remark.text, made_of(made), heard.text, heard.message_id)
        if changed is not None and not problem_of(changed[0]):
            await errand.work.remarks.save(replace(remark, text=changed[0]))
            await _show_kept(errand, edition, remark.id, changed[1], card=card)
            return True
    return False


async def drop(errand: Errand, remark_id: int, card: int) -> Came:
    """Let go of a remark that was not sent yet."""
    found = await _kept(errand, remark_id)
    if isinstance(found, str):
        return found
    edition, remark = found
    await errand.work.remarks.save(replace(remark, state="withdrawn"))
    errand.note("remark", edition.country, f"remark/{remark_id}", "withdrawn")
    return await show_answer(errand, edition.id, remark.prompt, card)


def problem_of(text: str) -> Problem:
    """Why a text cannot be a remark or a reason; empty where it can."""
    if not any(letter.isalnum() for letter in text):
        return "empty"
    return "long" if len(text) > LONGEST else ""


async def _open_to_remarks(errand: Errand, edition_id: int, prompt: str, kind: RemarkKind) -> Edition | Came:
    """The submitted text that waits for the secretariat's word, where such a remark can be made on that answer."""
    edition = await enter_edition(errand, "remark", edition_id)
    if isinstance(edition, str):
        return edition
    review = await content(errand, edition)
    fits = prompt in review.template.prompts and (kind == "comment" or _takes_wording(review, prompt))
    return edition if fits and edition.state == "submitted" else "stale"


async def _kept(errand: Errand, remark_id: int) -> tuple[Edition, Remark] | Came:
    remark = await errand.work.remarks.get(remark_id)
    edition = await enter_edition(errand, "remark", remark.edition_id if remark else 0)
    if isinstance(edition, str):
        return edition
    if remark is None or remark.state != "kept" or edition.state != "submitted":
        return "stale"
    return edition, remark


async def _show_kept(
    errand: Errand,
    edition: Edition,
    remark_id: int,
    made: Made,
    problem: Problem = "",
    card: int | None = None,
) -> Came:
    remarks = await errand.work.remarks.of_edition(edition.id)
    remark = next(each for each in remarks if each.id == remark_id)
    view = RemarkKept(
        country=edition.country,
        edition=edition.id,
        remark=remark_line(remark),
        kept=sum(each.state == "kept" for each in remarks),
        problem=problem,
    )
    say(errand, asking(view, f"remark_more.{remark_id}.{write(made)}"), card)
    return "done"


# --- deciding ---------------------------------------------------------------------------------------------------------

_DECIDED: Final[dict[Asked, tuple[Move, State]]] = {
    "return": ("return", "returned"),
    "accept": ("accept", "accepted"),
    "reopen": ("reopen", "reopened"),
}


async def ask_first(errand: Errand, decision: Asked, edition_id: int, card: int) -> Came:
    """Ask once more before a decision that cannot be taken back."""
    found = await _to_decide(errand, decision, edition_id, card)
    if isinstance(found, str):
        return found
    edition, kept = found
    on = Counter(each.prompt for each in kept)
    say(errand, closing(_ask(decision, edition, len(kept)).model_copy(update={"on": dict(on)})), card)
    return "done"


async def decide(errand: Errand, decision: Decision, edition_id: int, card: int) -> Came:
    """Return a review with the remarks that were kept, or accept it; both sides hear of it."""
    entered = await enter_edition(errand, "reopen", edition_id)
    if isinstance(entered, str):
        return entered
    # Nobody freezes or submits a newer text between here and the end.
    await errand.work.clearance.hold(entered.cycle_id, entered.country)
    found = await _to_decide(errand, decision, edition_id, card)
    if isinstance(found, str):
        return found
    edition, _ = found
    _, state = _DECIDED[decision]
    by, now, clearance = errand.person.id, errand.cause.now, errand.work.clearance
    if await clearance.decide(edition, state, decision, by, now) is None:
        return "stale"
    errand.note("reopen", edition.country, edition.thing, state)
    sent = await errand.work.remarks.send(edition.id, now) if decision == "return" else []
    await errand.work.remarks.withdraw(edition.id)
    told = ReviewDecided(
        decision=decision, country=edition.country, version=edition.version, remarks=len(sent)
    )
    await _tell_the_state(errand, edition, told, sent)
    others = told.model_copy(update={"own": False})
    tell(errand, await secretariat(errand), others)
    say(errand, others, card)
    return "done"


async def _to_decide(
    errand: Errand, decision: Asked, edition_id: int, card: int
) -> tuple[Edition, list[Remark]] | Came:
    """The version submitted last, with the remarks that wait for it, where it can be decided so.

    While a newer text is on its way nothing is decided, and that is said.
    """
    edition = await enter_edition(errand, "reopen", edition_id)
    if isinstance(edition, str):
        return edition
    newest = await last_submitted(errand, edition.country)
    standing = moved(edition.standing, _DECIDED[decision][0], "secretariat", 0)
    kept = await _waiting(errand, edition)
    if newest != edition or isinstance(standing, str) or (decision == "return" and not kept):
        return "stale"
    last = await errand.work.clearance.newest(edition.cycle_id, edition.country)
    if last is not None and last.state in OUTSTANDING:
        say(errand, _ask(decision, edition, len(kept), newer=True), card)
        return "done"
    return edition, kept


def _ask(decision: Asked, edition: Edition, kept: int, *, newer: bool = False) -> DecisionAsk:
    return DecisionAsk(
        decision=decision,
        country=edition.country,
        edition=edition.id,
        version=edition.version,
        kept=kept,
        newer=newer,
    )


async def _tell_the_state(
    errand: Errand, edition: Edition, told: ReviewDecided, sent: Sequence[Remark]
) -> None:
    """The decision to the focal points, then each remark as a message about its answer."""
    people = await focal_points(errand, edition.country)
    tell(errand, people, told)
    review = await content(errand, edition)
    for remark in sent:
        card = RemarkCard(remark=remark_line(remark), answer=answer_line(review, remark.prompt))
        tell(errand, people, card, str(remark.id))


# --- the remarks of a country and of the region ---------------------------------------------------------------------


async def show_remarks(errand: Errand, given: str, page: int = 0, card: int | None = None) -> Came:
    """Show the secretariat the remarks of a country by any of its names; without one, the counts of all."""
    country = find_country(given) if given.strip() else None
    if not admitted(errand, "remark", country.code if country else "", "remarks"):
        return "denied"
    if country is None and given.strip():
        ask_which(errand, "remarks", given)
        return "done"
    if country is None:
        counts = await errand.work.remarks.counts(errand.actor.cycle_id)
        waiting = await errand.work.remarks.waiting(errand.actor.cycle_id)
        newest = await errand.work.clearance.last_submitted(errand.actor.cycle_id)
        region = {
            code: round_lines(counts.get(code, ()), newest[code].id if code in newest else 0)
            for code in {*counts, *waiting}
        }
        await say_settled(errand, RemarksRegion(countries=region, waiting=waiting), card)
        return "done"
    last = await last_submitted(errand, country.code)
    kept = await _waiting(errand, last) if last else []
    lines = await _lines(errand, country.code, last)
    view = RemarksView(
        country=country.code,
        rounds=rounds_of(lines),
        remarks=(*_to_come(kept, len(lines)), *lines),
        page=page,
        own=False,
    )
    await say_settled(errand, view, card)
    return "done"


def _to_come(kept: list[Remark], sent: int) -> list[RemarkLine]:
    """Remarks that were not sent yet, with the numbers that they will have after those that were."""
    return [remark_line(each, number=number) for number, each in enumerate(kept, start=sent + 1)]


async def _waiting(errand: Errand, edition: Edition) -> list[Remark]:
    """The remarks on a text that were not sent yet."""
    return [each for each in await errand.work.remarks.of_edition(edition.id) if each.state == "kept"]


async def _lines(errand: Errand, country: str, last: Edition | None) -> list[RemarkLine]:
    """A country's remarks with what became of them, as far as what was submitted since shows it."""
    newest = await content(errand, last) if last else None
    before: dict[int, Review] = {}
    lines = []
    sent = await errand.work.remarks.of_country(errand.actor.cycle_id, country)
    for number, remark in enumerate(sent, start=1):
        if last is None or newest is None or remark.edition_id == last.id:
            lines.append(remark_line(remark, number=number))
            continue
        if remark.edition_id not in before:
            edition = await errand.work.clearance.edition(remark.edition_id)
            before[remark.edition_id] = await content(errand, edition) if edition else newest
        old = before[remark.edition_id].answers.get(remark.prompt)
        what = became(remark, old, newest.answers.get(remark.prompt), resubmitted=True)
        lines.append(remark_line(remark, what, number))
    return lines
