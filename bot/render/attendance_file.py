"""The attendance list of a session as a spreadsheet."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.render.headings import N_
from bot.render.markup import plain
from bot.render.messages import Message, Unwritten, message
from bot.render.session_lines import heading
from bot.render.voice import Voice
from bot.render.workshop_desk import ATTENDANCE
from workflows.immutable import Immutable
from workflows.notices.workshop_desk import AttendanceFile

_PRESENT: Final = {True: N_("present"), False: N_("absent"), None: N_("not recorded")}


def attendance_file(notice: AttendanceFile, voice: Voice) -> Message:
    """The list, with whom it names."""
    words = voice.gettext(
        "The attendance list as of {date}. It names people: please pass it on only to those who need it.",
        date=voice.moment(notice.at),
    )
    name = f"attendance-{notice.session}-{notice.at[:10]}.xlsx"
    document = Unwritten(name, AttendanceWriter(notice, voice))
    return message([heading(notice, voice), plain(words)], document=document)


class AttendanceWriter(Immutable):
    """Writes the list when it is sent, in the order of the reader's alphabet."""

    notice: AttendanceFile
    voice: Voice

    def __call__(self) -> bytes:
        from workflows.reports.spreadsheet import Column, Sheet, as_xlsx  # noqa: PLC0415 - loaded when wanted

        voice = self.voice
        columns = (
            Column(voice.gettext("Country"), 24),
            Column(voice.gettext("Name"), 32),
            Column(voice.gettext("How they attend"), 28),
            Column(voice.gettext("Group"), 10),
            Column(voice.gettext("Attendance"), 16),
        )
        people = sorted(self.notice.people, key=lambda line: (voice.alphabetical(line.country), line.name))
        rows = tuple(
            (
                voice.country_name(line.country),
                line.name,
                voice.gettext(ATTENDANCE[line.attendance]),
                line.group or None,
                voice.gettext(_PRESENT[line.attended]),
            )
            for line in people
        )
        title = voice.gettext("Attendance")
        return as_xlsx([Sheet(title, columns, rows, right_to_left=voice.right_to_left)])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {AttendanceFile: attendance_file}
"""What renders this notice."""
