"""Colleagues' texts beside the official answer, and two texts that met."""

from collections.abc import Callable
from typing import Any

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.direction import without_turns
from bot.render.hands_given import as_text, entries, heading
from bot.render.headings import question_number
from bot.render.markup import NOTHING, SafeHtml, bold, code, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.places import asked_later
from bot.render.voice import Voice
from workflows.notices import TwoTexts
from workflows.notices.hands import BesideText, ColleagueWrote, CopyText, TakenOver, TextUsed
from workflows.notices.saying import Saying
from workflows.review.events import Act, Pressed, WentTo
from workflows.review.merging import PIECES
from workflows.review.template import Template

EXCERPT = 600
"""How much of the official text is shown beside a colleague's, in UTF-16 units."""
PIECE = 110
"""How much of each paragraph is shown to choose it by, in UTF-16 units."""
COPIED = 3_900
"""How much of a text one touch copies: one message of Telegram."""
_KEPT_TYPES = ("text", "records", "choices", "matrix")


def colleague_wrote(notice: ColleagueWrote, voice: Voice, template: Template) -> Message:
    """A colleague writes; nothing is asked of the reader."""
    text = [
        bold(voice.gettext("{name} has written a text of their own.", name=notice.name)),
        heading(notice.prompt, voice, template),
        italic(
            voice.gettext(
                "It stands beside the official answer. You can read it and take over what you wish."
            )
        ),
    ]
    read = button(voice.gettext("Read"), Did("beside", f"{notice.prompt}:{notice.place}"))
    return message(text, [(read,), (_all_of(notice.place, voice),)])


def _all_of(place: int, voice: Voice) -> Button:
    return button(voice.gettext("All their texts"), Did("colleague", str(place)))


# --- one text --------------------------------------------------------------------------------------------------------


def beside_text(notice: BesideText, voice: Voice, template: Template) -> Message:
    """A colleague's text under their name, the official one, and the ways to take it over."""
    if notice.picked is not None:
        return _choosing(notice, voice, template)
    changed = voice.gettext("⚠️ One of the two texts has changed meanwhile. Here is how they stand now.")
    text = [
        plain(changed) if notice.changed else NOTHING,
        heading(notice.prompt, voice, template),
        lines([bold(_by(notice, voice)), italic(_when(notice, voice))]),
        quoted(as_text(notice.given, notice.prompt, voice, template)),
        *_official(notice, voice, template),
    ]
    return message(text, _rows(notice, voice, template))


def _by(notice: BesideText, voice: Voice) -> str:
    name = notice.name or voice.gettext("A former colleague")
    if notice.total == 1:
        return voice.gettext("👥 {name}", name=name)
    return voice.gettext(
        "👥 {name} ({position} of {total})", name=name, position=notice.position, total=notice.total
    )


def _when(notice: BesideText, voice: Voice) -> str:
    told = [voice.gettext("Last change: {date}", date=voice.moment(notice.at))] if notice.at else []
    if notice.used:
        told.append(voice.gettext("used in the official answer"))
    if notice.ended:
        told.append(voice.gettext("their place has ended"))
    return voice.joined(told)


def _official(notice: BesideText, voice: Voice, template: Template) -> list[SafeHtml]:
    text = as_text(notice.present, notice.prompt, voice, template)
    return [lines([bold(voice.gettext("The official answer now:")), quoted(clipped(text, EXCERPT))])]


def _take(notice: BesideText, label: str, way: str) -> Button:
    return button(label, Did("take_text", f"{way}:{_shown(notice)}:{notice.prompt}"))


def _shown(notice: BesideText) -> str:
    return f"{notice.place}:{notice.number}:{notice.official}"


def _rows(notice: BesideText, voice: Voice, template: Template) -> list[Row]:
    kind = template.type_of(notice.prompt).kind
    there = notice.present.state == "answered"
    rows: list[Row] = []
    if there and kind in _KEPT_TYPES:
        rows.append((_take(notice, voice.gettext("➕ Add to the official answer"), "below"),))
    instead = voice.gettext("Put in place of the official answer") if there else voice.gettext("✔ Take over")
    rows.append((_take(notice, instead, "instead"),))
    if kind in ("text", "records") and len(_pieces(notice, voice, template)) > 1:
        rows.append((_take(notice, voice.gettext("Choose parts of it"), "choose"),))
    if kind == "text":
        rows.append((_take(notice, voice.gettext("📋 Put it before me to edit"), "copy"),))
    return [*rows, _others(notice, voice), (keyboards.change_key(voice, notice.prompt),)]


def _others(notice: BesideText, voice: Voice) -> Row:
    before = voice.gettext("Previous colleague"), Did("beside", f"{notice.prompt}:{notice.before}")
    after = voice.gettext("Next colleague"), Did("beside", f"{notice.prompt}:{notice.after}")
    return keyboards.turning(voice, before if notice.before else None, after if notice.after else None)


# --- parts of it -----------------------------------------------------------------------------------------------------


def _pieces(notice: BesideText, voice: Voice, template: Template) -> list[str]:
    return entries(notice.given, notice.prompt, voice, template)[:PIECES]


def _choosing(notice: BesideText, voice: Voice, template: Template) -> Message:
    """The paragraphs or entries by their beginnings; each key says which set it makes."""
    picked, pieces = notice.picked or 0, _pieces(notice, voice, template)
    listed = [
        plain(
            f"{'✅' if picked >> at & 1 else '▫️'} {voice.number(at + 1)}. {voice.typed(clipped(piece, PIECE))}"
        )
        for at, piece in enumerate(pieces)
    ]
    text = [
        heading(notice.prompt, voice, template),
        bold(voice.gettext("Which parts of the text of {name}?", name=notice.name)),
        lines(listed),
    ]
    keys = [
        _pick(
            notice, f"{'✅' if picked >> at & 1 else '▫️'} {voice.number(at + 1)}", "pick", picked ^ (1 << at)
        )
        for at in range(len(pieces))
    ]
    take = _pick(notice, voice.gettext("✔ Take over what is marked"), "take", picked)
    back = keyboards.backward(voice, voice.gettext("Back to the text"))
    last = button(back, Did("beside", f"{notice.prompt}:{notice.place}"))
    return message(text, [*keyboards.in_columns(voice, keys, 6), (take,) if picked else (), (last,)])


def _pick(notice: BesideText, label: str, act: str, picked: int) -> Button:
    return button(label, Did("pick_text", f"{act}:{_shown(notice)}:{picked:x}:{notice.prompt}"))


# --- what became of it -----------------------------------------------------------------------------------------------


def copy_text(notice: CopyText, voice: Voice, template: Template) -> Message:
    """The text as one touch copies it, in as many pieces as Telegram needs."""
    how = voice.gettext(
        "The text of {name}. Touch it to copy it, change it as you wish, and send it.", name=notice.name
    )
    whole = without_turns(notice.text)
    parts = [whole[at : at + COPIED] for at in range(0, len(whole), COPIED)]
    return message([heading(notice.prompt, voice, template), italic(how), *map(code, parts)])


def taken_over(notice: TakenOver, voice: Voice, template: Template) -> Message:
    """It is done, and whose text it was."""
    text = voice.gettext(
        "✅ The text of {name} is in the official answer. Their own text stays as it is.", name=notice.name
    )
    return message([plain(text), heading(notice.prompt, voice, template)], [_versions(notice.prompt, voice)])


def _versions(prompt: str, voice: Voice) -> Row:
    return (button(voice.gettext("🕘 Earlier versions"), Did("history", prompt)),)


def text_used(notice: TextUsed, voice: Voice, template: Template) -> Message:
    """To the colleague: thanks, and what it means."""
    used = (
        voice.gettext("{name} has used your text in the official answer. Thank you.", name=notice.name)
        if notice.whole
        else voice.gettext(
            "{name} has used a part of your text in the official answer. Thank you.", name=notice.name
        )
    )
    own = voice.gettext("Your own text stays as it is, and you can go on with it.")
    return message([bold(used), heading(notice.prompt, voice, template), plain(own)])


# --- two texts that met ----------------------------------------------------------------------------------------------


def two_texts(notice: TwoTexts, voice: Voice, template: Template) -> Message:
    """What somebody else wrote meanwhile, what waits, and the choice."""
    who = (
        voice.gettext("⚠️ {name} has changed this meanwhile:", name=notice.name)
        if notice.name
        else voice.gettext("⚠️ A colleague has changed this meanwhile:")
    )
    text = [
        _about(notice, voice, template),
        lines([bold(who), quoted(notice.theirs)]),
        lines([bold(voice.gettext("Your text is kept and waits:")), quoted(notice.mine)]),
        bold(voice.gettext("What shall become of it?")),
        plain(asked_later(notice.later, voice)),
    ]
    both = [_choice(notice, voice.gettext("➕ Below the other text"), "both")] if notice.both else []
    keys = [
        *both,
        _choice(notice, voice.gettext("Mine in place of the other"), "instead"),
        _choice(notice, voice.gettext("Keep the other, drop mine"), "theirs"),
    ]
    return message(text, [*((key,) for key in keys), (_back(notice, voice),)])


def _about(notice: TwoTexts, voice: Voice, template: Template) -> SafeHtml:
    if notice.prompt:
        return heading(notice.prompt, voice, template)
    question = template.questions[notice.question]
    number = question_number(voice, template, question)
    return plain(f"{number}. {voice.published(question.words(voice.language))}")


def _choice(notice: TwoTexts, label: str, act: Act) -> Button:
    return button(label, Pressed(notice.turn, act))


def _back(notice: TwoTexts, voice: Voice) -> Button:
    place = f"prompt:{notice.prompt}" if notice.prompt else f"question:{notice.question}"
    return button(keyboards.backward(voice, voice.gettext("Back to the question")), WentTo(place))


RENDERED_WITH_TEMPLATE: dict[type[Saying], Callable[[Any, Voice, Template], Message]] = {
    ColleagueWrote: colleague_wrote,
    BesideText: beside_text,
    CopyText: copy_text,
    TakenOver: taken_over,
    TextUsed: text_used,
    TwoTexts: two_texts,
}
