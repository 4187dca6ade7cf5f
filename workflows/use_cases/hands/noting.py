"""Notes on a question: for the country's own people, never part of the review."""

from workflows.notices.hands import AskNote, NoteLine, NotesView
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review.scope import includes
from workflows.store.values_hands import Note
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import asking, closing

LONGEST = 5_000
"""How many characters of a note are kept: more than one message has, so that nothing of it is cut."""


async def may_annotate(errand: Errand, question: str) -> bool:
    """Whether somebody may put something beside a question: their country's, as far as they were asked."""
    actor = errand.actor
    if not may(actor, "annotate", actor.country):
        return False
    cycle = await errand.work.cycles.get(actor.cycle_id)
    return cycle is not None and includes(cycle.template, scope_of(actor), question)


def scope_of(actor: Actor) -> str:
    """What somebody was asked for; everything, except for contributors who were asked for less."""
    return actor.scope if actor.role == "contributor" else ""


async def show(errand: Errand, question: str, card: int | None = None) -> Came:
    """Show the notes on a question."""
    if not await _may(errand, question):
        return "denied"
    errand.say(closing(await _view(errand, question)), "notes", edits=card)
    return "done"


async def ask(errand: Errand, question: str) -> Came:
    """Ask for a note, to be typed."""
    if not await _may(errand, question):
        return "denied"
    errand.say(asking(AskNote(question=question), f"note.{question}"), "ask_note")
    return "done"


async def take(errand: Errand, question: str, text: str) -> Came:
    """Keep what was typed as a note."""
    if not await _may(errand, question):
        return "denied"
    actor, now = errand.actor, errand.cause.now
    note = Note(0, actor.cycle_id, actor.country, question, text[:LONGEST], errand.person.id, now)
    number = await errand.work.notes.add(note, now)
    errand.note("note", actor.country, f"{question} note {number}", "done")
    errand.say(closing(await _view(errand, question)), "notes")
    return "done"


async def remove(errand: Errand, note_id: int, card: int) -> Came:
    """Remove one's own note."""
    note = await errand.work.notes.get(note_id)
    if note is None or note.author_id != errand.person.id or not await _may(errand, note.question):
        return "stale"
    await errand.work.notes.remove(note_id, errand.cause.now)
    errand.note("remove_note", note.country, f"{note.question} note {note_id}", "done")
    return await show(errand, note.question, card)


async def _may(errand: Errand, question: str) -> bool:
    allowed = await may_annotate(errand, question)
    if not allowed:
        errand.note("annotate", errand.actor.country, question, "denied")
    return allowed


async def _view(errand: Errand, question: str) -> NotesView:
    notes = await errand.work.notes.of_question(errand.actor.cycle_id, errand.actor.country, question)
    authors = await errand.work.people.by_ids({each.author_id for each in notes if each.author_id})
    lines = [
        NoteLine(
            id=each.id,
            by=authors[each.author_id].name if each.author_id in authors else "",
            at=each.at.isoformat(),
            text=each.text,
            own=each.author_id == errand.person.id,
        )
        for each in notes
    ]
    return NotesView(question=question, lines=tuple(lines))
