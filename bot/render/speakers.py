"""The list of speakers: to a delegation where it stands, to the secretariat the list that it keeps."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.markup import bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.session_lines import board_key, heading, named, session_key, state_names
from bot.render.voice import Spoken, Voice
from workflows.notices.speaking import FloorTold, SpeakerLine, WorkshopSpeakers
from workflows.notices.workshops import Floor

# --- to those who attend ---------------------------------------------------------------------------------------------


def floor_lines(floor: Floor, voice: Voice) -> Iterator[Spoken]:
    """Who has the floor and who is next, by country, and where the reader's delegation stands."""
    if floor.ours:
        yield voice.gettext("🎙 Your delegation has the floor.")
    elif floor.speaking:
        yield voice.gettext("🎙 Now speaking: {country}", country=voice.country_name(floor.speaking))
    if floor.asked and not floor.before:
        yield voice.gettext("✋ Your delegation has asked for the floor. It is next.")
        return
    if floor.next and floor.speaking:
        yield voice.gettext("Next: {country}", country=voice.country_name(floor.next))
    if floor.asked:
        yield voice.gettext(
            "✋ Your delegation has asked for the floor. Delegations before it: {count}", count=floor.before
        )


def floor_rows(session: str, floor: Floor, voice: Voice) -> Iterator[Row]:
    """The key to ask for the floor, or to take that back; while somebody speaks or waits, a way to look again."""
    if floor.asked:
        yield (button(voice.gettext("Take back: the floor"), Did("floor", f"{session}.back")),)
    elif not floor.ours:
        yield (button(voice.gettext("✋ I ask for the floor"), Did("floor", f"{session}.ask")),)
    if floor.speaking or floor.next:
        yield (button(voice.gettext("🔄 Refresh"), Did("floor", f"{session}.card")),)


def floor_told(notice: FloorTold, voice: Voice) -> Message:
    """That the delegation has the floor, or is next."""
    if notice.code == "given":
        words = voice.gettext("🎙 Your delegation has the floor.")
    else:
        words = voice.gettext("✋ Your delegation is next to take the floor.")
    return message([bold(words), heading(notice, voice)], [session_key(notice, voice, fresh=True)])


# --- to the secretariat ----------------------------------------------------------------------------------------------


def speakers(notice: WorkshopSpeakers, voice: Voice) -> Message:
    """Who speaks, who waits in which order, who has spoken; each place with its keys."""
    problem = voice.gettext("⚠️ No country of the region was recognised in this text.")
    text = [
        plain(problem if notice.problem else ""),
        heading(notice, voice),
        bold(voice.gettext("The list of speakers")),
        plain(_now(notice, voice)),
        lines(plain(_turn(at, line, voice)) for at, line in enumerate(notice.waiting, start=1)),
    ]
    if notice.spoken:
        names = state_names(voice, notice.spoken)
        text.append(plain(voice.gettext("Have spoken: {countries}", countries=names)))
    text.append(
        italic(
            voice.gettext(
                "To add a delegation that asked in the room, type its name; with a number, it goes to that place."
            )
        )
    )
    rows = [_keys(notice, at, line, voice) for at, line in enumerate(notice.waiting)]
    if notice.speaking:
        done = voice.gettext("✅ Has spoken: {country}", country=voice.country_name(notice.speaking.country))
        rows.insert(0, (button(done, Did("speaker", f"{notice.speaking.id}.done")),))
    refresh = button(voice.gettext("🔄 Refresh"), Did("speakers", f"{notice.session}.card"))
    return message(text, [*rows, (refresh,), board_key(notice, voice, fresh=True)])


def _now(notice: WorkshopSpeakers, voice: Voice) -> Spoken:
    if notice.speaking:
        return voice.gettext("🎙 Now speaking: {country}", country=_who(notice.speaking, voice))
    if not notice.waiting:
        return voice.gettext("No delegation has asked for the floor.")
    return voice.gettext("Nobody has the floor. Press a delegation to give it the floor.")


def _who(line: SpeakerLine, voice: Voice) -> Spoken:
    country = voice.country_name(line.country)
    return voice.joined([country, named(voice, line.name)]) if line.name else country


def _turn(number: int, line: SpeakerLine, voice: Voice) -> Spoken:
    return voice.gettext("{number}. {name}", number=number, name=_who(line, voice))


def _keys(notice: WorkshopSpeakers, at: int, line: SpeakerLine, voice: Voice) -> Row:
    keys = [button(f"🎙 {voice.country_name(line.country)}", Did("speaker", f"{line.id}.give"))]
    if at > 0:
        keys.append(button("▲", Did("speaker", f"{line.id}.{at}")))
    if at + 1 < len(notice.waiting):
        keys.append(button("▼", Did("speaker", f"{line.id}.{at + 2}")))
    keys.append(button("✖", Did("speaker", f"{line.id}.remove")))
    return keyboards.across(voice, keys)


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    FloorTold: floor_told,
    WorkshopSpeakers: speakers,
}
"""What renders each of these notices."""
