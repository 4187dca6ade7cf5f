"""The session as those who attend it see it: how they attend, their group, their presentation, the material."""

from collections.abc import Callable, Iterator, Mapping
from datetime import time
from typing import Any, Final

from bot.buttons import Did
from bot.render import calendar, keyboards, speakers, times
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.session_lines import excerpt, heading, named, session_key
from bot.render.voice import Spoken, Voice
from workflows.notices.workshops import (
    AskReason,
    Attendance,
    GroupTold,
    NoSessions,
    OfficeTold,
    Presenting,
    ReasonPassedOn,
    SessionCard,
    SessionMaterial,
)
from workflows.when import Exact, When

# --- registration ----------------------------------------------------------------------------------------------------


def session(notice: SessionCard, voice: Voice) -> Message:
    """How the person attends, what follows from it, and the keys to change it until the session ends."""
    text = [
        heading(notice, voice),
        plain(_standing(notice, voice)) if notice.attendance or not notice.over else NOTHING,
        plain(_office_hint(notice, voice)),
        lines(map(plain, _place_in_session(notice, voice))),
        lines(map(plain, speakers.floor_lines(notice.floor, voice))) if notice.floor else NOTHING,
        plain(notice.link),
        italic(_until_when(notice, voice)),
    ]
    return message(
        text, [*_attendance_rows(notice, voice), *_presenting_rows(notice, voice), *_ways(notice, voice)]
    )


def _standing(notice: SessionCard, voice: Voice) -> Spoken:
    """How the person attends; asked anew where that is not possible any longer."""
    if notice.over or notice.attendance in ("", "office", *notice.ways):
        return _how(notice, voice)
    return voice.gettext(
        "You are registered. How one can take part has changed since: please say how you will attend."
    )


def _how(notice: SessionCard, voice: Voice) -> Spoken:
    match notice.attendance:
        case "in_person":
            return _in_person(notice, voice)
        case "coming":
            return voice.gettext(
                "✅ You will take part. It has not been announced yet how; once it is, please say here how you attend."
            )
        case "office" if notice.city:
            return voice.gettext(
                "✅ You attend from the IOM office in {city}.", city=voice.words(notice.city)
            )
        case "office" | "remote":
            return voice.gettext("✅ You attend remotely.")
        case "support":
            return voice.gettext(
                "✅ You attend with individual support: ESCWA and the IOM regional office help each of those who asked "
                "for it personally. They will be in touch before the session."
            )
        case "away":
            return voice.gettext("✅ You cannot attend. The material will reach you all the same.")
    return voice.gettext("How will you attend?")


def _in_person(notice: SessionCard, voice: Voice) -> Spoken:
    place = calendar.named_place(notice.place, voice)
    if place:
        return voice.gettext("✅ You attend in person: {place}.", place=place)
    return voice.gettext("✅ You attend in person.")


def _office_hint(notice: SessionCard, voice: Voice) -> str:
    """Why no office is offered, and who helps instead."""
    if (
        notice.over
        or notice.hosts
        or "support" not in notice.ways
        or notice.attendance in ("support", "away")
    ):
        return ""
    help_instead = voice.gettext(
        "You can attend remotely. Where that is difficult, ESCWA and the IOM regional office help you individually: "
        "press “I need individual support”."
    )
    if notice.city is None:
        why = voice.gettext("There is no IOM office in your country from which you could attend.")
    else:
        city = voice.words(notice.city)
        why = voice.gettext("The IOM office in {city} cannot receive participants this time.", city=city)
    return f"{why} {help_instead}"


def _place_in_session(notice: SessionCard, voice: Voice) -> Iterator[Spoken]:
    if notice.attendance in ("", "away"):
        return
    if notice.group:
        yield voice.gettext("Your discussion group: {group}", group=notice.group)
        if notice.group_name:
            yield voice.gettext("Its subject: {name}", name=named(voice, notice.group_name))
    if notice.presenting:
        yield from _presentation(notice.presenting, notice.when, voice)


def _presentation(given: Presenting, when: When, voice: Voice) -> Iterator[Spoken]:
    if given.presents is None:
        yield voice.gettext("Will your country present its progress in this session?")
    elif not given.presents:
        yield voice.gettext("Your country gives no presentation.")
    else:
        yield voice.gettext(
            "Your country presents: number {place} of {count}, {duration}.",
            place=given.place,
            count=given.countries,
            duration=duration(voice, given.seconds),
        )
        yield from hour_of(voice, when, given.starts)


def duration(voice: Voice, seconds: int) -> Spoken:
    """Minutes, with seconds where there are some."""
    minutes = voice.ngettext("{count} minute", "{count} minutes", seconds // 60)
    if seconds % 60 == 0:
        return minutes
    rest = voice.ngettext("{count} second", "{count} seconds", seconds % 60)
    return voice.gettext("{minutes} and {seconds}", minutes=minutes, seconds=rest)


def hour_of(voice: Voice, when: When, starts: str) -> Iterator[Spoken]:
    """From which hour a turn is planned, the host's and the reader's own where they differ; nothing without a date."""
    if not starts or not isinstance(when, Exact):
        return
    turn = Exact(first=when.first, last=when.first, starts=time.fromisoformat(starts), zone=when.zone)
    hour = times.hours(voice, turn.starts or time())
    yield voice.gettext("From about {hour} ({zone})", hour=hour, zone=times.zone_name(voice, when.zone))
    own = times.spans(turn, voice.zone)
    if own != times.spans(turn, when.zone):
        yield times.own_clock(voice, times.hours(voice, own[0].starts))


def _until_when(notice: SessionCard, voice: Voice) -> str:
    if notice.over:
        return voice.gettext("This is over.")
    return voice.gettext("You can change this until it is over.") if notice.attendance else ""


_ATTENDANCE: Final[Mapping[Attendance, str]] = {
    "in_person": N_("In person"),
    "remote": N_("Remotely"),
    "support": N_("I need individual support"),
    "coming": N_("I will take part"),
    "away": N_("I cannot attend"),
}


def _attendance_rows(notice: SessionCard, voice: Voice) -> Iterator[Row]:
    if notice.over:
        return
    keys = [(way, voice.gettext(_ATTENDANCE[way])) for way in notice.ways]
    if notice.hosts and notice.city:
        office = voice.gettext("From the IOM office, {city}", city=voice.words(notice.city))
        keys.insert(int(notice.ways[:1] == ("in_person",)), ("office", office))
    for way, label in keys:
        yield (_attendance_key(notice, way, label),)


def _attendance_key(notice: SessionCard, attendance: str, label: str) -> Button:
    mark = "✅ " if notice.attendance == attendance else ""
    return button(mark + label, Did("attend", f"{notice.session}.{attendance}"))


def _presenting_rows(notice: SessionCard, voice: Voice) -> Iterator[Row]:
    if notice.over or not notice.presenting or notice.attendance in ("", "away"):
        return
    presents = notice.presenting.presents
    yes = ("✅ " if presents else "") + voice.gettext("We present")
    no = ("✅ " if presents is False else "") + voice.gettext("We do not present")
    keys = [
        button(yes, Did("presents", f"{notice.session}.yes")),
        button(no, Did("presents", f"{notice.session}.no")),
    ]
    yield keyboards.across(voice, keys)


def _ways(notice: SessionCard, voice: Voice) -> Iterator[Row]:
    if notice.explains:
        yield (button(voice.gettext("Tell the secretariat why"), Did("attend_why", notice.session)),)
    if notice.floor:
        yield from speakers.floor_rows(notice.session, notice.floor, voice)
    if not notice.over:
        yield (button(voice.gettext("✍️ Send a question"), Did("ask_session", notice.session)),)
    counted = {
        "questions": (N_("Our questions: {count}"), notice.questions),
        "offers": (N_("Offers of support: {count}"), notice.offers),
        "points": (N_("Points of the minutes: {count}"), notice.points),
        "steps": (N_("Our next steps: {count}"), notice.steps),
    }
    for verb, (words, count) in counted.items():
        if count:
            yield (button(voice.gettext(words, count=count), Did(verb, notice.session)),)
    if notice.evaluates:
        yield (button(voice.gettext("Evaluate: three taps"), Did("evaluate", notice.session)),)


def ask_reason(notice: AskReason, voice: Voice) -> Message:
    """Why somebody changed shortly before: nobody has to say it."""
    words = voice.gettext(
        "If you wish, please type in one line why, in your next message. It is passed on to the secretariat alone. "
        "You can leave it out."
    )
    return message([heading(notice, voice), plain(words)], [session_key(notice, voice, fresh=True)])


def reason_passed_on(notice: ReasonPassedOn, voice: Voice) -> Message:
    """What the secretariat was told."""
    text = [
        heading(notice, voice),
        bold(voice.gettext("This has been passed on to the secretariat.")),
        excerpt(notice.text),
    ]
    return message(text, [session_key(notice, voice, fresh=True)])


def no_sessions(_notice: NoSessions, voice: Voice) -> Message:
    """There is nothing to register for yet."""
    words = voice.gettext(
        "No session with registration has been announced yet. You will be told when there is one."
    )
    return message([plain(words)])


def group_told(notice: GroupTold, voice: Voice) -> Message:
    """The group of the reader's delegation."""
    words = voice.gettext("Your delegation is in discussion group {group}.", group=notice.group)
    subject = voice.gettext("Its subject: {name}", name=named(voice, notice.name)) if notice.name else ""
    return message(
        [heading(notice, voice), bold(words), plain(subject)], [session_key(notice, voice, fresh=True)]
    )


def office_told(notice: OfficeTold, voice: Voice) -> Message:
    """The office receives nobody, or somebody again; whoever meant to come says how they attend now."""
    city = voice.words(notice.city)
    if notice.open:
        words = voice.gettext("The IOM office in {city} can receive participants again.", city=city)
    else:
        words = voice.gettext(
            "The IOM office in {city} cannot receive participants this time after all. You stay registered and "
            "can attend remotely. Where that is difficult, ESCWA and the IOM regional office help you individually.",
            city=city,
        )
    choose = button(voice.gettext("Choose how you attend"), Did("attend", notice.session))
    return message([heading(notice, voice), plain(words)], [(choose,)])


def session_material(notice: SessionMaterial, voice: Voice) -> Message:
    """What there is of the session, said in the same words to those who were there and those who were not."""
    session_id = notice.session
    text = [heading(notice, voice), plain(voice.gettext("The material is ready for you."))]
    keys = [
        button(voice.gettext("Our questions and the answers"), Did("questions", session_id)),
        button(voice.gettext("Offers of support"), Did("offers", session_id)),
        button(voice.gettext("Our next steps"), Did("steps", session_id)),
    ]
    if notice.points:
        keys.insert(0, button(voice.gettext("The minutes in points"), Did("points", session_id)))
    if notice.agenda:
        keys.append(button(voice.gettext("Agenda"), Did("agenda", session_id)))
    return message(text, [(key,) for key in keys])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    SessionCard: session,
    AskReason: ask_reason,
    ReasonPassedOn: reason_passed_on,
    NoSessions: no_sessions,
    GroupTold: group_told,
    OfficeTold: office_told,
    SessionMaterial: session_material,
}
"""What renders each of these notices."""
