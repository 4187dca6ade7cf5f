"""The written inputs as a workbook: each with its consent, or only what may be published and as far as it may."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.render.inputs import consent_name, state_name
from bot.render.markup import plain
from bot.render.messages import Message, Unwritten, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.review_sheets import sheet
from bot.render.status_words import day_in
from bot.render.voice import Voice
from workflows.immutable import Immutable
from workflows.notices.inputs_desk import InputsTable, TableRow

if TYPE_CHECKING:
    from workflows.reports.spreadsheet import Cell, Sheet


def table(notice: InputsTable, voice: Voice) -> Message:
    """The workbook, with what is in it and what is not."""
    day = day_in(voice, notice.at)
    kind = "public" if notice.public else "all"
    name = f"inputs-{kind}-{notice.cycle}-{day.isoformat() if day else ''}.xlsx"
    if notice.public:
        says = voice.gettext(
            "The written inputs that may be published, as of {date}; a name stands only where its writer agreed to it. "
            "A consent may change: please look at the card before you publish.",
            date=voice.moment(notice.at),
        )
    else:
        says = voice.gettext(
            "All written inputs, as of {date}, with the consent of each. This table is for the secretariat: not all of "
            "it may be published.",
            date=voice.moment(notice.at),
        )
    return message([plain(says)], document=Unwritten(name, TableWriter(notice, voice)))


class TableWriter(Immutable):
    """Writes the workbook when it is sent."""

    notice: InputsTable
    voice: Voice

    def __call__(self) -> bytes:
        from workflows.reports.spreadsheet import as_xlsx  # noqa: PLC0415 - loaded when a table is wanted

        return as_xlsx(sheets(self.notice, self.voice))


def sheets(notice: InputsTable, voice: Voice) -> "list[Sheet]":
    """The inputs, one in a row; and the categories with their counts, empty ones too."""
    columns = [
        (voice.gettext("Number"), 10),
        (voice.gettext("Received"), 14),
        (voice.gettext("Category"), 26),
        (voice.gettext("Name"), 30),
        (voice.gettext("Language"), 12),
        (voice.gettext("Consent"), 30),
        (voice.gettext("State"), 14),
        (voice.gettext("Written input"), 80),
        (voice.gettext("Published on"), 14),
        (voice.gettext("Address"), 40),
    ]
    counts = [
        (voice.gettext("Category"), 40),
        (voice.gettext("Received"), 14),
        (voice.gettext("Published"), 14),
    ]
    return [
        sheet(voice.gettext("Written inputs"), columns, [_row(each, voice) for each in notice.rows], voice),
        sheet(
            voice.gettext("Categories"),
            counts,
            [(str(voice.words(each.name)), each.sent, each.published) for each in notice.categories],
            voice,
        ),
    ]


def _row(row: TableRow, voice: Voice) -> "tuple[Cell, ...]":
    each = row.input
    return (
        each.id,
        day_in(voice, each.at),
        str(voice.words(each.category)) if each.category else "",
        each.name,
        LANGUAGE_NAMES.get(row.language, ""),
        str(consent_name(each.consent, voice)) if each.consent else "",
        str(state_name(each.state, voice)),
        row.text,
        day_in(voice, row.published_at) if row.published_at else None,
        row.address,
    )


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {InputsTable: table}
"""What renders this notice."""
