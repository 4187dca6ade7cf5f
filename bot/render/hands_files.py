"""Files behind the answers: on their way, kept, refused, listed, sent back."""

import base64
from collections.abc import Callable
from typing import Any

from bot.buttons import Did
from bot.render import keyboards
from bot.render.hands_notes import question_heading
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, italic, plain
from bot.render.messages import Button, File, Message, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.hands import (
    FileKept,
    FileLine,
    FileRefusal,
    FileRefused,
    FileRemoveAsk,
    FileSent,
    FilesView,
    FileTaken,
)
from workflows.notices.saying import Saying
from workflows.review.events import WentTo
from workflows.review.template import Template

KILO = 1024

_REFUSED: dict[FileRefusal, str] = {
    "too_large": N_("It is larger than {size}. Perhaps a part of it is enough, or a smaller copy."),
    "too_many": N_("This question has as many files as can be kept. One of them can be removed first."),
    "too_many_read": N_(
        "Rafiq has as many documents of yours as can be kept to be read. One of them can be removed first."
    ),
    "type": N_(
        "Only PDF, Word, Excel, PowerPoint and OpenDocument files, text, CSV, PNG and JPEG can be kept."
    ),
    "macros": N_("It holds macros, which may do harm. Please send a copy without macros."),
    "bomb": N_("It unpacks to far more than its size. Please send the document itself."),
    "nested": N_("It holds other archives or documents inside. Please send them one by one."),
    "damaged": N_("It could not be read; it may be damaged or locked with a password."),
    "empty": N_("It is empty."),
    "away": N_("It could not be fetched from Telegram. Please send it once more."),
}


def size_name(voice: Voice, size: int) -> Spoken:
    """A size in bytes, as people say it."""
    if size >= KILO * KILO:
        return voice.gettext("{count} MB", count=max(1, round(size / KILO / KILO)))
    return voice.gettext("{count} kB", count=max(1, round(size / KILO)))


def files(notice: FilesView, voice: Voice, template: Template) -> Message:
    """The files of a question, a key for each to send it back and to remove it."""
    text = [
        question_heading(notice.question, voice, template),
        bold(voice.gettext("Files behind this question"))
        if notice.lines
        else plain(voice.gettext("No files yet.")),
        *(plain(_line(line, at, voice)) for at, line in enumerate(notice.lines, start=1)),
        italic(
            voice.gettext(
                "Send a document or a picture while the question is open, and it is kept here as evidence. "
                "Files are read by your country's focal points and by whoever sent them."
            )
        ),
    ]
    rows = [
        keyboards.across(
            voice,
            [
                button(
                    voice.gettext("📎 {number}. {name}", number=at, name=line.name), Did("file", str(line.id))
                ),
                button(voice.gettext("🗑 {number}", number=at), Did("file", f"{line.id}:ask")),
            ],
        )
        for at, line in enumerate(notice.lines, start=1)
    ]
    return message(text, [*rows, (_to_question(notice.question, voice),)])


def _line(line: FileLine, at: int, voice: Voice) -> Spoken:
    who = line.by or voice.gettext("somebody who has left")
    told = voice.gettext(
        "{number}. {name} · {size} · {who} · {date}",
        number=at,
        name=line.name,
        size=size_name(voice, line.size),
        who=who,
        date=voice.moment(line.at),
    )
    if line.state == "kept":
        return told
    waiting = voice.gettext("on its way")
    return Spoken(f"{told}{voice.between}{waiting}")


def _to_question(question: str, voice: Voice) -> Button:
    return button(
        keyboards.backward(voice, voice.gettext("Back to the question")), WentTo(f"question:{question}")
    )


def _of_question(question: str, voice: Voice) -> Button:
    return button(voice.gettext("📎 All files of this question"), Did("files", question))


def file_taken(notice: FileTaken, voice: Voice, template: Template) -> Message:
    """It is being fetched; the answer is still to be typed."""
    text = [
        plain(voice.gettext("📎 {name} has arrived and is being looked at.", name=notice.name)),
        question_heading(notice.question, voice, template) if notice.question else NOTHING,
    ]
    return message(text)


def file_kept(notice: FileKept, voice: Voice, template: Template) -> Message:
    """It is kept, and what it is not."""
    text = [
        bold(
            voice.gettext(
                "✅ {name} ({size}) is kept as evidence.",
                name=notice.name,
                size=size_name(voice, notice.size),
            )
        ),
        question_heading(notice.question, voice, template),
        italic(voice.gettext("It stands behind the answer and is not a part of it.")),
    ]
    take = button(voice.gettext("✍️ Use its text as the answer"), Did("filled_text", f"{notice.id}:1"))
    return message(text, [(take,) if notice.has_text else (), (_of_question(notice.question, voice),)])


def file_refused(notice: FileRefused, voice: Voice) -> Message:
    """It is not kept, why, and what to do."""
    why = voice.gettext(_REFUSED[notice.code], size=size_name(voice, notice.limit))
    return message([bold(voice.gettext("⚠️ {name} was not kept.", name=notice.name)), plain(why)])


def file_sent(notice: FileSent, voice: Voice, template: Template) -> Message:
    """The file as it was kept."""
    caption = question_heading(notice.question, voice, template)
    return message([caption], document=File(notice.name, base64.b64decode(notice.content)))


def file_remove_ask(notice: FileRemoveAsk, voice: Voice, template: Template) -> Message:
    """It cannot be undone, so it is asked."""
    text = [
        question_heading(notice.question, voice, template),
        plain(_line(notice.line, 1, voice)),
        bold(voice.gettext("Remove this file for good?")),
    ]
    yes = button(voice.gettext("Yes, remove"), Did("file", f"{notice.line.id}:remove"))
    no = button(voice.gettext("No, keep"), Did("files", notice.question))
    return message(text, [keyboards.across(voice, [yes, no])])


RENDERED_WITH_TEMPLATE: dict[type[Saying], Callable[[Any, Voice, Template], Message]] = {
    FilesView: files,
    FileTaken: file_taken,
    FileKept: file_kept,
    FileSent: file_sent,
    FileRemoveAsk: file_remove_ask,
}
RENDERED: dict[type[Saying], Callable[[Any, Voice], Message]] = {FileRefused: file_refused}
