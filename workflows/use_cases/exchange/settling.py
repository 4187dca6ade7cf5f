"""What a state makes of the remarks on its answers: nothing of its text changes but by its own press."""

from workflows.notices import Explained
from workflows.notices.exchange import AskExplanation, RemarkCard, RemarkLine, RemarksAnswered, RemarksView
from workflows.review.answers import Answer, Part, Prose
from workflows.review.events import Recorded, Review, WentTo
from workflows.review.passage import locked
from workflows.review.words import count
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import Remark
from workflows.use_cases import answering
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.counting import became, remark_line, rounds_of, settled_form
from workflows.use_cases.exchange.entering import Came, admitted, content, say, say_settled, secretariat, tell
from workflows.use_cases.exchange.reading import answer_line
from workflows.use_cases.exchange.remarking import Problem, problem_of
from workflows.use_cases.hearing import asking, closing, noting


async def show_own(errand: Errand, page: int = 0, card: int | None = None) -> Came:
    """Show a country the remarks on its review, by rounds, the open ones first."""
    country = errand.actor.country
    if not admitted(errand, "answer_remark", country, "remarks"):
        return "denied"
    lines = await own_lines(errand)
    view = RemarksView(country=country, rounds=rounds_of(lines), remarks=tuple(lines), page=page)
    await say_settled(errand, view, card)
    return "done"


async def show_remark(errand: Errand, remark_id: int) -> Came:
    """Show one remark anew, with what can be made of it now."""
    found = await _found(errand, remark_id)
    if isinstance(found, str):
        return found
    await say_settled(errand, await _card(errand, *found))
    return "done"


async def accept_wording(errand: Errand, remark_id: int, card: int, over: int | None = None) -> Came:
    """Make the proposed wording the state's own answer, a new revision; asked first where the answer has changed.

    `over` is the version of the changed answer that the person agreed to replace; where another editor has written
    since, it is asked anew.
    """
    found = await _to_settle(errand, remark_id)
    if isinstance(found, str):
        return found
    remark, edition = found
    if remark.kind != "wording":
        return "stale"
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    if remark.prompt not in {prompt.id for prompt in draft.review.path}:
        errand.say(Explained(code="asleep", prompt=remark.prompt), "asleep")
        return "done"
    shown = await _card(errand, remark, edition)
    official = draft.numbers.get(remark.prompt, 0)
    if shown.changed and over != official:
        present = answer_line(draft.review, remark.prompt)
        asked = {"sure": True, "present": present, "official": official, "again": over is not None}
        say(errand, closing(shown.model_copy(update=asked)), card)
        return "done"
    await errand.work.drafts.record(draft, (_wording(remark),), errand.person.id, errand.cause.now)
    await _settle(errand, remark, "accepted")
    say(errand, await _card(errand, await _anew(errand, remark), edition), card)
    return "done"


def _wording(remark: Remark) -> Recorded:
    """The proposed words as an answer; where they came from stays with the revision."""
    source = f"remark:{remark.id}"
    answer = Answer(state="answered", value=Prose(parts=(Part(text=remark.text, source=source),)))
    return Recorded(remark.prompt, answer, count(remark.text), source)


async def edit(errand: Errand, remark_id: int, card: int) -> Came:
    """Open the question in the talk; that the state has taken it in hand is noted, and a reason given before stays."""
    found = await _to_settle(errand, remark_id)
    if isinstance(found, str):
        return found
    remark, edition = found
    await _settle(errand, remark, "editing", remark.reply)
    say(errand, await _card(errand, await _anew(errand, remark), edition), card)
    await answering.go(errand, WentTo(f"prompt:{remark.prompt}"))
    return "done"


async def ask_explanation(errand: Errand, remark_id: int, problem: Problem = "") -> Came:
    """Let the next text be the reason why the answer stays as it is."""
    found = await _to_settle(errand, remark_id)
    if isinstance(found, str):
        return found
    remark, _ = found
    asked = AskExplanation(remark=remark.id, prompt=remark.prompt, text=remark.text, problem=problem)
    say(errand, asking(asked, f"remark_reply.{remark.id}"))
    return "done"


async def take_explanation(errand: Errand, remark_id: int, text: str, *, goes_on: bool = False) -> Came:
    """Keep a state's reason, or add to the one that it goes on with; asked again where there are no words in it."""
    found = await _to_settle(errand, remark_id)
    if isinstance(found, str):
        return found
    remark, edition = found
    whole = f"{remark.reply}\n{text}" if goes_on and remark.reply else text
    problem = problem_of(whole)
    if problem:
        return await ask_explanation(errand, remark_id, problem)
    await _settle(errand, remark, "explained", whole)
    card = await _card(errand, await _anew(errand, remark), edition)
    say(errand, noting(card, f"remark_replied.{remark_id}"))
    return "done"


# --- what it needs -------------------------------------------------------------------------------------------------


async def _found(errand: Errand, remark_id: int) -> tuple[Remark, Edition] | Came:
    """A remark that the person's country has received, with the text it is about."""
    remark = await errand.work.remarks.get(remark_id)
    country = remark.country if remark is not None else errand.actor.country
    if not admitted(errand, "answer_remark", country, f"remark/{remark_id}"):
        return "denied"
    edition = await errand.work.clearance.edition(remark.edition_id) if remark else None
    known = remark is not None and remark.cycle_id == errand.actor.cycle_id
    if remark is None or edition is None or not known or remark.state in ("kept", "withdrawn"):
        return "stale"
    return remark, edition


async def _to_settle(errand: Errand, remark_id: int) -> tuple[Remark, Edition] | Came:
    """The same, while the draft is open and the remark was not accepted yet."""
    found = await _found(errand, remark_id)
    if isinstance(found, str):
        return found
    remark, _ = found
    if remark.state == "accepted":
        return "already"
    return found if await _is_open(errand) else "stale"


async def _is_open(errand: Errand) -> bool:
    """Whether the country's text can be changed now."""
    newest = await errand.work.clearance.newest(errand.actor.cycle_id, errand.actor.country)
    return newest is not None and not locked(newest.state)


async def _anew(errand: Errand, remark: Remark) -> Remark:
    return await errand.work.remarks.get(remark.id) or remark


async def _card(errand: Errand, remark: Remark, edition: Edition) -> RemarkCard:
    submitted = await content(errand, edition)
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    before = submitted.answers.get(remark.prompt)
    now = settled_form(draft.review).get(remark.prompt)
    opened = await _is_open(errand)
    return RemarkCard(
        remark=remark_line(remark, became(remark, before, now, resubmitted=not opened)),
        answer=answer_line(submitted, remark.prompt),
        changed=before != now and remark.state != "accepted",
        can_settle=opened and remark.state != "accepted",
    )


async def _settle(errand: Errand, remark: Remark, state: str, reply: str = "") -> None:
    """Note what was made of a remark; the secretariat learns of it once, when nothing of the round is open any more."""
    now, by = errand.cause.now, errand.person.id
    match state:
        case "accepted" | "explained" | "editing":
            await errand.work.remarks.settle(remark, state, by, now, reply)
    errand.note("answer_remark", remark.country, f"remark/{remark.id}", state)
    same_round = [
        each for each in await errand.work.remarks.of_edition(remark.edition_id) if each.state != "withdrawn"
    ]
    states = [each.state for each in same_round]
    if "open" in states:
        return
    told = RemarksAnswered(
        country=remark.country,
        round=remark.round,
        accepted=states.count("accepted"),
        explained=states.count("explained"),
        editing=states.count("editing"),
    )
    tell(errand, await secretariat(errand), told, key=f"{remark.edition_id}")


async def own_lines(errand: Errand) -> list[RemarkLine]:
    """The country's remarks with what became of them; of an earlier round by what was submitted after it."""
    own = errand.actor.country
    draft = await errand.work.drafts.open(errand.actor, own)
    now, opened = settled_form(draft.review), await _is_open(errand)
    before: dict[int, Review] = {}
    lines = []
    received = await errand.work.remarks.of_country(errand.actor.cycle_id, own)
    for number, remark in enumerate(received, start=1):
        if remark.edition_id not in before:
            edition = await errand.work.clearance.edition(remark.edition_id)
            before[remark.edition_id] = await content(errand, edition) if edition else draft.review
        old = before[remark.edition_id].answers.get(remark.prompt)
        what = became(remark, old, now.get(remark.prompt), resubmitted=not opened)
        lines.append(remark_line(remark, what, number))
    return sorted(lines, key=lambda line: (line.became not in ("open", "editing"), -line.round, line.id))
