"""Files that are sent: evidence of the question that was open, or answers that were written outside the chat.

Which of the two a document is shows when it is fetched. Evidence is listed, sent back and removed here.
"""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.notices.filled import FilledEnded, FilledNone
from workflows.notices.hands import (
    FileKept,
    FileLine,
    FileRefused,
    FileRemoveAsk,
    FileSent,
    FilesView,
    FileTaken,
)
from workflows.people.access import may
from workflows.people.roles import Actor, Person
from workflows.review.evidence import Judged, Refusal, has_macro_name, judge, safe_name
from workflows.review.filled.landmarks import OurWords
from workflows.store.transaction import Work
from workflows.store.values_hands import File
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hands import filled
from workflows.use_cases.hands.noting import may_annotate
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import Heard, closing

LIMIT = 10 * 2**20
"""How many bytes a file may have when nothing else is said; Telegram gives a bot at most twice as many."""
MOST = 20
"""So many files may stand behind one question, and so many documents of one person be kept to be read."""
AT_ONCE = 3
"""So many files are fetched in one beat."""
TRIES = 12
"""So often a file is asked for, later each time, before it is given up: about a day."""
FIRST_WAIT = timedelta(seconds=20)
_WRITTEN = (".docx", ".txt")
"""What the names of documents end in that can hold answers."""

Random = Callable[[int], bytes]
"""So many unguessable bytes."""


class Sent(Immutable):
    """A file as the message names it; nothing of it is trusted, its size is what Telegram says."""

    telegram_file: str
    name: str
    size: int
    media_type: str = ""


# --- coming in -----------------------------------------------------------------------------------------------------


async def take(errand: Errand, sent: Sent, heard: Heard, random: Random, limit: int = LIMIT) -> bool:
    """Take a file as evidence of the question that was open when it was sent; False where none was.

    A document that can hold answers is taken without a question, too. Only a row is written: the file is fetched
    afterwards, so that nobody waits for it and no crash loses it.
    """
    question = await _question(errand, heard)
    if not question and not (filled.writes(errand.actor) and sent.name.lower().endswith(_WRITTEN)):
        return False
    name = safe_name(sent.name)
    refused = await _refused_at_sight(errand, question, sent, limit)
    if refused:
        errand.note("evidence", errand.actor.country, question, refused)
        errand.say(FileRefused(code=refused, name=name, limit=limit), f"file/{heard.message_id}")
        return True
    actor, now = errand.actor, errand.cause.now
    key = random(24).hex()
    file = File(
        0, actor.cycle_id, actor.country, question, key, name, sent.media_type[:100], sent.size, "",
        errand.person.id, now, telegram_file=sent.telegram_file,
    )  # fmt: skip
    await errand.work.evidence.add(file, now)  # the audit gets one line, once it is kept or refused
    errand.say(FileTaken(question=question, name=name), f"file/{heard.message_id}")
    return True


async def _question(errand: Errand, heard: Heard) -> str:
    """The question at whose card a file was sent, where its sender may put something beside it; "" for none."""
    prompt = heard.place.at.prompt if heard.place.at is not None else ""
    cycle = await errand.work.cycles.get(errand.actor.cycle_id) if prompt else None
    if cycle is None or prompt not in cycle.template.prompts:
        return ""
    question = cycle.template.question_of[prompt].id
    return question if await may_annotate(errand, question) else ""


async def _refused_at_sight(errand: Errand, question: str, sent: Sent, limit: int) -> Refusal | None:
    """Why a file is not even fetched."""
    if sent.size > limit:
        return "too_large"
    if has_macro_name(sent.name):
        return "macros"
    if question:
        return "too_many" if await _is_full(errand, question) else None
    actor, me = errand.actor, errand.person.id
    return "too_many_read" if await _has_enough(errand.work, actor.cycle_id, actor.country, me) else None


async def _has_enough(work: Work, cycle_id: str, country: str, author_id: int | None) -> bool:
    """Whether as many documents of somebody's are kept to be read as can be."""
    there = await work.evidence.of_question(cycle_id, country, "")
    return sum(file.author_id == author_id for file in there) >= MOST


async def _is_full(errand: Errand, question: str) -> bool:
    """Whether a question has as many files of the country behind it as can be kept."""
    there = await errand.work.evidence.of_question(errand.actor.cycle_id, errand.actor.country, question)
    return len(there) >= MOST


# --- fetching ------------------------------------------------------------------------------------------------------


async def waiting(work: Work, now: datetime) -> list[File]:
    """The files that are to be fetched now (UTC)."""
    return await work.evidence.waiting(now, AT_ONCE)


async def settle(
    work: Work, file: File, content: bytes, now: datetime, ours: OurWords, limit: int = LIMIT
) -> None:
    """Keep a fetched file or refuse it, by its content, and tell whoever sent it; one settled already stays.

    A document that names the review's questions is kept beside them, for its answers; what else was sent while no
    question was open is not kept. Nor is such a document whose sender does not take part any more: it was theirs.
    """
    known = await work.evidence.get(file.id)
    if known is None or known.state != "waiting":
        return
    judged = judge(content, known.name, limit)
    if not isinstance(judged, Judged):
        await _refuse(work, known, judged, now, limit)
        return
    kept = replace(
        known,
        name=judged.name,
        media_type=judged.media_type,
        size=len(content),
        content_hash=sha256(content).hexdigest(),
    )
    author, actor = await _author(work, kept)
    draft = await work.drafts.open(actor, actor.country) if actor and filled.writes(actor) else None
    document = None
    if draft is not None or actor is None:
        own = draft.review.adaptations.values() if draft is not None else ()
        document = await filled.read_document(work, kept, content, ours, own)
    if document is not None and document.is_of_the_review:
        if author is None or actor is None or draft is None:
            await _refuse(work, kept, "away", now, limit)
            return
        if kept.question and await _has_enough(work, kept.cycle_id, kept.country, kept.author_id):
            await _refuse(work, kept, "too_many_read", now, limit)
            return
        opened = filled.Opened(Errand(work, author, actor, Cause(0, now)), document, draft)
        told: Notice = filled.view(opened, kept.question)
        await _keep(work, replace(kept, question=""), content, told, "filled", now)
    elif kept.question:
        has_text = draft is not None and document is not None and bool(document.content.passages)
        told = FileKept(id=kept.id, question=kept.question, name=kept.name, size=kept.size, has_text=has_text)
        await _keep(work, kept, content, told, "evidence", now)
    else:
        await work.evidence.refuse(kept.id, "no_answers")
        await _tell(work, kept, FilledNone(name=kept.name), now)


async def _keep(
    work: Work, file: File, content: bytes, told: Notice, act: Literal["evidence", "filled"], now: datetime
) -> None:
    await work.evidence.keep(file, content)
    await _tell(work, file, told, now)
    cycle = file.cycle_id
    work.audit.note(now, file.author_id, act, file.country, _thing(file), "kept", cycle_id=cycle)


def _thing(file: File) -> str:
    return f"{file.question} file {file.id}".strip()


async def keep_as_evidence(at: filled.Opened, question: str) -> Came:
    """Keep a document behind the question at which it was sent, as evidence and nothing more, where there is room."""
    errand, file = at.errand, at.document.file
    if file.question or not await may_annotate(errand, question):
        return "stale"
    is_full = await _is_full(errand, question)
    if not is_full:
        await errand.work.evidence.put_behind(file, question)
    outcome = "too_many" if is_full else "kept"
    errand.note("evidence", errand.actor.country, f"{question} file {file.id}", outcome)
    errand.say(closing(FilledEnded(name=file.name, question=question, is_full=is_full)), "filled_ended")
    return "done"


async def turn_away(work: Work, file: File, now: datetime, limit: int = LIMIT) -> None:
    """A file that Telegram does not give, because it is too large."""
    known = await work.evidence.get(file.id)
    if known is not None and known.state == "waiting":
        await _refuse(work, known, "too_large", now, limit)


async def missed(work: Work, file: File, now: datetime) -> None:
    """A file could not be fetched: try again later, each time later still, and give it up in the end."""
    known = await work.evidence.get(file.id)
    if known is None or known.state != "waiting":
        return
    if known.tries + 1 >= TRIES:
        await _refuse(work, known, "away", now, 0)
    else:
        await work.evidence.put_off(known.id, now + FIRST_WAIT * 2**known.tries)


async def _refuse(work: Work, file: File, reason: Refusal, now: datetime, limit: int) -> None:
    await work.evidence.refuse(file.id, reason)
    cycle = file.cycle_id
    work.audit.note(now, file.author_id, "evidence", file.country, _thing(file), reason, cycle_id=cycle)
    await _tell(work, file, FileRefused(code=reason, name=file.name, limit=limit), now)


async def _tell(work: Work, file: File, notice: Notice, now: datetime) -> None:
    """Tell the sender, while they take part for that country."""
    author, actor = await _author(work, file)
    if author is None or actor is None:
        return
    work.outbox.post(
        author,
        notice,
        key=f"file/{file.id}/{notice.topic}",
        cycle_id=file.cycle_id,
        country=file.country,
        now=now,
    )


async def _author(work: Work, file: File) -> tuple[Person | None, Actor | None]:
    """Who sent a file, and their right in its country; none where they do not take part for it any more."""
    person = await work.people.by_id(file.author_id) if file.author_id else None
    here = file.cycle_id, file.country
    places = person.memberships if person else ()
    return person, next((each.actor for each in places if (each.cycle_id, each.country) == here), None)


# --- looking -------------------------------------------------------------------------------------------------------


async def show(errand: Errand, question: str, card: int | None = None) -> Came:
    """List the files behind a question: all of them for a focal point, one's own for a contributor."""
    if not await may_annotate(errand, question):
        errand.note("annotate", errand.actor.country, question, "denied")
        return "denied"
    files = await errand.work.evidence.of_question(errand.actor.cycle_id, errand.actor.country, question)
    seen = [file for file in files if _sees(errand, file)]
    authors = await errand.work.people.by_ids({file.author_id for file in seen if file.author_id})
    lines = tuple(_line(errand, file, authors) for file in seen)
    errand.say(FilesView(question=question, lines=lines), "files", edits=card)
    return "done"


async def send_back(errand: Errand, number: int) -> Came:
    """Send a file to somebody who may see it."""
    file = await _seen(errand, number)
    content = await errand.work.evidence.content(file) if file is not None else None
    if file is None or content is None:
        return "stale"
    errand.note("read_evidence", file.country, f"{file.question} file {number}", "done")
    encoded = base64.b64encode(content).decode("ascii")
    errand.say(FileSent(name=file.name, content=encoded, question=file.question), f"sent/{number}")
    return "done"


async def ask_removal(errand: Errand, number: int, card: int) -> Came:
    """Ask before a file goes for good."""
    file = await _seen(errand, number)
    if file is None:
        return "stale"
    authors = await errand.work.people.by_ids([file.author_id] if file.author_id else [])
    asked = FileRemoveAsk(line=_line(errand, file, authors), question=file.question)
    errand.say(closing(asked), "ask", edits=card)
    return "done"


async def remove(errand: Errand, number: int, card: int) -> Came:
    """Remove a file with its content: one's own, or any of the country's for a focal point."""
    file = await _seen(errand, number)
    if file is None:
        return "stale"
    await errand.work.evidence.remove(file, errand.cause.now)
    errand.note("remove_evidence", file.country, f"{file.question} file {number}", "done")
    return await show(errand, file.question, card)


def _sees(errand: Errand, file: File) -> bool:
    whole = may(errand.actor, "take_over", file.country)
    return whole or file.author_id == errand.person.id


async def _seen(errand: Errand, number: int) -> File | None:
    """A file that somebody may see; None for every other, as for one that is not there."""
    file = await errand.work.evidence.get(number)
    here = errand.actor.cycle_id, errand.actor.country
    there = file is not None and (file.cycle_id, file.country) == here and file.state in ("waiting", "kept")
    if file is None or not there or not await may_annotate(errand, file.question) or not _sees(errand, file):
        errand.note("read_evidence", errand.actor.country, f"file {number}", "denied")
        return None
    return file


def _line(errand: Errand, file: File, authors: dict[int, Person]) -> FileLine:
    author = authors.get(file.author_id) if file.author_id else None
    return FileLine(
        id=file.id,
        name=file.name,
        size=file.size,
        by=author.name if author else "",
        at=file.at.isoformat(),
        state=file.state,
        own=file.author_id == errand.person.id,
    )
