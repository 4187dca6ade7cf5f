"""Whether a country takes part, in words: the question, the thanks for the answer, and who is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.calendar import calendar_key
from bot.render.markup import bold, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import TakingPartCard, TakingPartTold


def taking_part(notice: TakingPartCard, voice: Voice) -> Message:
    """The question whether the country takes part, or a thank-you for the answer."""
    text = [
        bold(voice.gettext("Taking part: {country}", country=voice.country_name(notice.country))),
        *map(plain, _thanks(notice, voice) if notice.said else _question(notice, voice)),
    ]
    if notice.said:
        change = button(voice.gettext("Say otherwise"), Did("taking_part"))
        return message(text, [keyboards.across(voice, [change, calendar_key(voice)])])
    return message(text, _answers(voice, notice.answer))


def _question(notice: TakingPartCard, voice: Voice) -> Iterator[Spoken]:
    yield voice.gettext("Does your country take part in this review?")
    yield voice.gettext("The review is voluntary. You can change your answer at any time.")
    if notice.answer:
        said = keyboards.yes(voice) if notice.answer == "yes" else keyboards.no(voice)
        yield voice.gettext("Your answer so far: {answer}", answer=said)


def _thanks(notice: TakingPartCard, voice: Voice) -> Iterable[Spoken]:
    change = voice.gettext(
        "You can say otherwise at any time, here or under {command}.", command=voice.command("calendar")
    )
    if notice.answer == "yes":
        thanks = voice.gettext("Thank you. It is noted that your country takes part.")
        return [thanks, *_follows(notice.answer, voice, again=notice.again), change]
    return [
        voice.gettext(
            "Thank you for letting us know. It is noted that your country does not take part this time."
        ),
        *_follows(notice.answer, voice),
        change,
    ]


def _follows(answer: str, voice: Voice, *, again: bool = False) -> list[Spoken]:
    """What follows for the country's people: reminders rest, or come again."""
    if answer == "no":
        return [
            voice.gettext(
                "No reminders will come. What has been written stays, and everything remains open to you."
            )
        ]
    return [voice.gettext("Reminders come again. What had been written is there as it was.")] if again else []


def _answers(voice: Voice, answer: str = "") -> list[Row]:
    """The two answers, the present one marked."""
    labels = {
        "yes": voice.gettext("Yes, we take part"),
        "no": voice.gettext("No, not this time"),
    }
    return [
        (button(f"✅ {label}" if value == answer else label, Did("taking_part", value)),)
        for value, label in labels.items()
    ]


def taking_part_told(notice: TakingPartTold, voice: Voice) -> Message:
    """Which country has said whether it takes part, and who said so."""
    country = voice.country_name(notice.country)
    if notice.answer == "yes":
        said = voice.gettext("{country} takes part in the review.", country=country)
    else:
        said = voice.gettext("{country} does not take part in the review this time.", country=country)
    by = lines([bold(said), plain(voice.gettext("Said by {name}.", name=notice.name))])
    follows = _follows(notice.answer, voice, again=notice.again) if notice.own else []
    return message([by, *map(plain, follows)])


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {
    TakingPartCard: taking_part,
    TakingPartTold: taking_part_told,
}
