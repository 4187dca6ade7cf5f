"""The officers' side of written inputs: counts, lists, one input, tables; and calls with their links."""

from collections.abc import Callable
from typing import Final, Literal

from workflows.cycle.calendar import is_over
from workflows.notices.inputs import CategoryLine, InputClosed
from workflows.notices.inputs_desk import (
    CallLine,
    DeadlineLine,
    InputCallAsk,
    InputCallEnd,
    InputCallMade,
    InputDesk,
    InputList,
    InputsTable,
    ListedInput,
    TableRow,
)
from workflows.people.access import Act, may
from workflows.people.invitations import hash_token, new_token
from workflows.store.values_inputs import InputCall, WrittenInput
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.inputs.calling import OTHER, categories, category, closing_of

Came = Literal["done", "stale", "denied"]
"""What came of a verb: done, asked of something that is not there any more, or not allowed."""
ANY: Final = "any"
"""Stands for every category in a key."""
NEVER: Final = "never"
"""Stands in a key for a call that only an officer ends."""
PAGE: Final = 8
_BEGINS: Final = 90


def allowed(errand: Errand, act: Act) -> bool:
    """Whether somebody may do this with written inputs; a refusal is put down."""
    if may(errand.actor, act, ""):
        return True
    errand.note(act, "", "written inputs", "denied")
    return False


# --- counts and lists ------------------------------------------------------------------------------------------------


async def counted(errand: Errand) -> tuple[CategoryLine, ...]:
    """Every category with its counts, empty ones too, in the template's order; unknown ones count as "other"."""
    counts = await errand.work.inputs.counts(errand.actor)
    listed = await categories(errand.work, errand.actor.cycle_id)
    known = {each.id for each in listed}
    astray = [many for value, many in counts.items() if value not in known]
    lines = []
    for each in listed:
        more = astray if each.id == OTHER else []
        sent, published = (sum(part) for part in zip(counts.get(each.id, (0, 0)), *more, strict=True))
        lines.append(each.model_copy(update={"sent": sent, "published": published}))
    return tuple(lines)


async def show(errand: Errand, card: int | None = None) -> Came:
    """Show the counts by category and the calls that are open."""
    if not allowed(errand, "read_inputs"):
        return "denied"
    calls = [await call_line(errand, each) for each in await errand.work.inputs.calls(errand.actor)]
    errand.say(closing(InputDesk(categories=await counted(errand), calls=tuple(calls))), "inputs", edits=card)
    return "done"


async def show_list(errand: Errand, value: str, page: int, card: int | None = None) -> Came:
    """Show the inputs of a category, or of all, the newest first."""
    if not allowed(errand, "read_inputs"):
        return "denied"
    arrived = reversed(await errand.work.inputs.arrived(errand.actor))
    found = [each for each in arrived if value in (ANY, each.category)]
    last = max(0, (len(found) - 1) // PAGE)
    at = min(page, last)
    lines = [await listed(errand, each) for each in found[at * PAGE : (at + 1) * PAGE]]
    chosen = await category(errand.work, errand.actor.cycle_id, value)
    notice = InputList(category=chosen, inputs=tuple(lines), total=len(found), page=at, last=last)
    errand.say(closing(notice), "input_list", edits=card)
    return "done"


async def listed(errand: Errand, each: WrittenInput) -> ListedInput:
    """An input as a line of the list."""
    found = await category(errand.work, each.cycle_id, each.category)
    return ListedInput(
        id=each.id,
        at=(each.sent_at or each.at).isoformat(),
        state=each.state,
        consent=each.consent,
        category=found.name if found else None,
        name=each.name or "",
        begins=each.text[:_BEGINS],
        asked=each.removal_asked_at is not None,
        forgotten=each.person_id is None,
    )


async def send_table(errand: Errand, *, public: bool) -> Came:
    """Send the inputs as a table: all that arrived, or only what may be published and as far as it may."""
    if not allowed(errand, "read_inputs"):
        return "denied"
    rows = []
    for each in await errand.work.inputs.arrived(errand.actor):
        if public and not each.may_be_public:
            continue
        line = await listed(errand, each)
        if public and each.consent == "unnamed":
            line = line.model_copy(update={"name": ""})
        rows.append(
            TableRow(
                input=line,
                text=each.text,
                language=each.language,
                published_at=each.published_at.isoformat() if each.published_at else "",
                address=each.address,
            )
        )
    notice = InputsTable(
        cycle=errand.actor.cycle_id,
        at=errand.cause.now.isoformat(),
        public=public,
        rows=tuple(rows),
        categories=await counted(errand),
    )
    errand.note("read_inputs", "", "written inputs", "exported")
    errand.say(closing(notice), "inputs_table")
    return "done"


# --- calls -----------------------------------------------------------------------------------------------------------


async def call_line(errand: Errand, call: InputCall) -> CallLine:
    """A call as it stands by the calendar."""
    plan = await errand.work.calendars.current(call.cycle_id) if call.follows else None
    milestone = plan.calendar.by_id.get(call.follows) if plan else None
    closes = await closing_of(errand.work, call)
    found = await category(errand.work, call.cycle_id, call.category)
    return CallLine(
        id=call.id,
        at=call.at.isoformat(),
        category=found.name if found else None,
        milestone=milestone.title if milestone else None,
        closes=closes,
        over=closes is not None and is_over(closes, errand.cause.now),
    )


async def ask_call(errand: Errand, chosen: str = "", card: int | None = None) -> Came:
    """Ask for whom a new call is, and then with which deadline of the calendar it closes."""
    if not allowed(errand, "call_inputs"):
        return "denied"
    listed_ones = await categories(errand.work, errand.actor.cycle_id)
    found = next((each for each in listed_ones if each.id == chosen), None)
    if chosen and chosen != ANY and found is None:
        return "stale"
    notice = InputCallAsk(
        categories=() if chosen else listed_ones,
        chosen=chosen,
        category=found,
        deadlines=await _deadlines(errand) if chosen else (),
    )
    errand.say(closing(notice), "input_call", edits=card)
    return "done"


async def _deadlines(errand: Errand) -> tuple[DeadlineLine, ...]:
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    return tuple(
        DeadlineLine(id=each.id, title=each.title, when=each.when)
        for each in (plan.calendar.milestones if plan else ())
        if each.kind == "deadline" and not is_over(each.when, errand.cause.now)
    )


async def open_call(
    errand: Errand, chosen: str, follows: str, link: Callable[[str], str], random: Callable[[int], bytes]
) -> Came:
    """Open a call and hand its link over; only the token's hash is kept."""
    if not allowed(errand, "call_inputs"):
        return "denied"
    found = await category(errand.work, errand.actor.cycle_id, chosen)
    known = {NEVER, *(each.id for each in await _deadlines(errand))}
    if (found is None and chosen != ANY) or follows not in known:
        return "stale"
    token = new_token(random(32))
    call = await errand.work.inputs.open_call(
        errand.actor,
        found.id if found else "",
        "" if follows == NEVER else follows,
        hash_token(token),
        errand.cause.now,
    )
    errand.note("call_inputs", "", f"call/{call.id}", "opened")
    errand.say(closing(InputCallMade(link=link(token), call=await call_line(errand, call))), "input_call")
    return "done"


async def end_call(errand: Errand, call_id: int, card: int, *, sure: bool) -> Came:
    """Ask before a call is ended, or end it; who has begun and not sent anything is told."""
    if not allowed(errand, "call_inputs"):
        return "denied"
    call = next((each for each in await errand.work.inputs.calls(errand.actor) if each.id == call_id), None)
    if call is None:
        return "stale"
    writers = await errand.work.inputs.drafters(errand.actor, call_id)
    line = await call_line(errand, call)
    if sure:
        await errand.work.inputs.end_call(errand.actor, call_id, errand.cause.now)
        errand.note("call_inputs", "", f"call/{call_id}", "ended")
        for person in (await errand.work.people.by_ids(writers)).values():
            errand.work.outbox.post(
                person,
                InputClosed(code="ended"),
                key=errand.cause.key(f"ended/{person.id}"),
                now=errand.cause.now,
                cycle_id=call.cycle_id,
                bulk=True,
            )
    errand.say(closing(InputCallEnd(call=line, waiting=len(writers), ended=sure)), "input_call", edits=card)
    return "done"
