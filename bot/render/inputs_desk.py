"""Written inputs as officers see them: counts by category, calls with their links, lists, one input."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped, clipped_at_word
from bot.render.headings import N_
from bot.render.inputs import consent_name, state_name
from bot.render.markup import NOTHING, SafeHtml, bold, code, italic, lines, link, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.times import told
from bot.render.voice import Spoken, Voice
from workflows.notices.inputs_desk import (
    CallLine,
    InputCallAsk,
    InputCallEnd,
    InputCallMade,
    InputDesk,
    InputList,
    InputNews,
    InputNewsCode,
    InputRead,
    ListedInput,
)

_COLUMN: Final = 30
_NEWS: Final[Mapping[InputNewsCode, str]] = {
    "arrived": N_("Written inputs have come in today. You hear of it once a day; {inputs} shows them all."),
    "withdrawn": N_("Written input no. {number} was withdrawn by who wrote it. Please publish it nowhere."),
    "consent": N_(
        "The consent to written input no. {number} has changed. What it allows now stands on its card."
    ),
    "removal": N_("Who wrote written input no. {number} asks to have it taken down where it was published."),
    "erased": N_(
        "Written input no. {number} is gone: who wrote it has erased their data. Please publish it nowhere."
    ),
}


def desk(notice: InputDesk, voice: Voice) -> Message:
    """Every category with its counts, and the calls."""
    total = sum(each.sent for each in notice.categories)
    public = sum(each.published for each in notice.categories)
    text = [
        bold(voice.gettext("Written inputs")),
        plain(
            voice.gettext("Received: {count}; published of these: {published}", count=total, published=public)
        ),
        lines(
            plain(
                voice.gettext("{category}: {count}", category=voice.words(each.name), count=each.sent)
                if each.sent
                else voice.gettext("{category}: none yet", category=voice.words(each.name))
            )
            for each in notice.categories
        ),
        bold(voice.gettext("Open calls")) if notice.calls else italic(voice.gettext("No call is open.")),
        *(_call(each, voice) for each in notice.calls),
    ]
    filled = [
        button(
            voice.gettext("{category}: {count}", category=voice.words(each.name), count=each.sent),
            Did("input_list", f"{each.id}.0"),
            longest=_COLUMN,
        )
        for each in notice.categories
        if each.sent
    ]
    rows: list[Row] = [(button(voice.gettext("🔗 Open a call: a new link"), Did("inputs", "call")),)]
    if total:
        rows += [
            (button(voice.gettext("All written inputs"), Did("input_list", "any.0")),),
            *keyboards.in_columns(voice, filled),
            (button(voice.gettext("⬇ As a table, for the secretariat"), Did("inputs", "table")),),
            (button(voice.gettext("⬇ As a table, what may be published"), Did("inputs", "public")),),
        ]
    rows += [
        (button(voice.gettext("⏹ End call {number}", number=each.id), Did("inputs", f"end.{each.id}")),)
        for each in notice.calls
    ]
    return message(text, rows)


def _call(call: CallLine, voice: Voice) -> SafeHtml:
    whom = voice.words(call.category) if call.category else voice.gettext("all stakeholders")
    since = voice.gettext(
        "Call {number}: {category}, since {date}", number=call.id, category=whom, date=voice.day_of(call.at)
    )
    return lines([plain(since), *_closes(call, voice)])


def _closes(call: CallLine, voice: Voice) -> list[SafeHtml]:
    if call.closes is None or call.milestone is None:
        return [plain(voice.gettext("Open until an officer ends it"))]
    if call.over:
        return [plain(voice.gettext("Closed: its day has passed"))]
    closes = voice.gettext("Closes with: {event}", event=voice.words(call.milestone))
    return [plain(closes), told(voice, call.closes)]


# --- calls -----------------------------------------------------------------------------------------------------------


def call_ask(notice: InputCallAsk, voice: Voice) -> Message:
    """For whom a call is, then with what it closes."""
    if not notice.chosen:
        keys = [
            button(voice.words(each.name), Did("inputs", f"call.{each.id}"), longest=_COLUMN)
            for each in notice.categories
        ]
        everybody = button(
            voice.gettext("All stakeholders: they choose themselves"), Did("inputs", "call.any")
        )
        asks = voice.gettext(
            "For whom is the link? With a link for one category, the category is known and is not asked."
        )
        return message([bold(asks)], [(everybody,), *keyboards.in_columns(voice, keys)])
    whom = voice.words(notice.category.name) if notice.category else voice.gettext("all stakeholders")
    text = [
        bold(voice.gettext("Until when is the call open?")),
        plain(voice.gettext("For: {category}", category=whom)),
        *(lines([plain(voice.words(each.title)), told(voice, each.when)]) for each in notice.deadlines),
    ]
    never = button(voice.gettext("Until an officer ends it"), Did("inputs", f"call.{notice.chosen}.never"))
    with_day = [
        (button(voice.words(each.title), Did("inputs", f"call.{notice.chosen}.{each.id}")),)
        for each in notice.deadlines
    ]
    return message(text, [(never,), *with_day])


def call_made(notice: InputCallMade, voice: Voice) -> Message:
    """The link, which many may use."""
    text = [
        bold(voice.gettext("The call is open. This is its link:")),
        code(notice.link),
        _call(notice.call, voice),
        plain(
            voice.gettext(
                "The link may be passed on and used by many. Whoever opens it reads first what becomes public. It is "
                "kept nowhere: please keep it where you need it, or open another call."
            )
        ),
    ]
    return message(text, [_desk_row(voice)])


def call_end(notice: InputCallEnd, voice: Voice) -> Message:
    """Whether to end a call, or that it has ended."""
    waiting = voice.ngettext(
        "{count} person has begun an input and not sent it.",
        "{count} people have begun an input and not sent it.",
        notice.waiting,
    )
    if notice.ended:
        done = voice.gettext(
            "Call {number} has ended; its link opens nothing any more.", number=notice.call.id
        )
        heard = voice.gettext("They are told.") if notice.waiting else Spoken("")
        return message(
            [bold(done), plain(f"{waiting} {heard}") if notice.waiting else NOTHING], [_desk_row(voice)]
        )
    asks = voice.gettext(
        "End call {number} for good? What was sent stays; nothing more can be sent by its link.",
        number=notice.call.id,
    )
    yes = button(voice.gettext("Yes, end it"), Did("inputs", f"end_yes.{notice.call.id}"))
    no = button(keyboards.backward(voice, voice.gettext("Written inputs")), Did("inputs"))
    return message(
        [bold(asks), plain(waiting) if notice.waiting else NOTHING], [keyboards.across(voice, [yes, no])]
    )


def _desk_row(voice: Voice) -> Row:
    return (button(keyboards.backward(voice, voice.gettext("Written inputs")), Did("inputs")),)


# --- lists and one input ---------------------------------------------------------------------------------------------


def listing(notice: InputList, voice: Voice) -> Message:
    """A page of inputs, each one press away."""
    whose = voice.words(notice.category.name) if notice.category else voice.gettext("all stakeholders")
    text = [
        bold(voice.gettext("Written inputs: {category}, {count}", category=whose, count=notice.total)),
        *(
            lines(
                [*_heads(each, voice), quoted(clipped_at_word(each.begins, 80)) if each.begins else NOTHING]
            )
            for each in notice.inputs
        ),
    ]
    keys = [
        button(
            voice.gettext("No. {number}: {name}", number=each.id, name=_name(each, voice)),
            Did("input_read", str(each.id)),
            longest=_COLUMN,
        )
        for each in notice.inputs
    ]
    value = notice.category.id if notice.category else "any"
    pages = keyboards.page_row(
        voice, notice.page, notice.last, lambda page: Did("input_list", f"{value}.{page}")
    )
    return message(text, [*keyboards.in_columns(voice, keys), pages, _desk_row(voice)])


def _heads(each: ListedInput, voice: Voice) -> list[SafeHtml]:
    state = voice.gettext(
        "No. {number}: {state}, {date}",
        number=each.id,
        state=state_name(each.state, voice),
        date=voice.day_of(each.at),
    )
    asked = voice.gettext("⚠️ Its writer asks to have it taken down.")
    return [
        bold(state),
        plain(_name(each, voice)),
        plain(voice.words(each.category)) if each.category else NOTHING,
        plain(consent_name(each.consent, voice)) if each.consent else NOTHING,
        plain(asked) if each.asked else NOTHING,
    ]


def _name(each: ListedInput, voice: Voice) -> Spoken:
    if each.forgotten:
        return voice.gettext("somebody whose data were erased")
    return voice.typed(clipped(each.name, 200)) if each.name else voice.gettext("Without a name")


def read(notice: InputRead, voice: Voice) -> Message:
    """One input, with what may be published of it and where it is."""
    each = notice.input
    text = [
        _news(notice, voice),
        lines(_heads(each, voice)),
        plain(voice.gettext("Language: {language}", language=Spoken(LANGUAGE_NAMES[notice.language])))
        if notice.language in LANGUAGE_NAMES
        else NOTHING,
        quoted(notice.text),
    ]
    number, rows = str(each.id), []
    if notice.address:
        said = voice.gettext("Published on {date}:", date=voice.day_of(notice.published_at))
        text.append(lines([plain(said), link(notice.address, notice.address)]))
        rows.append(
            (button(voice.gettext("It is not published any more"), Did("input_publish", f"{number}.back")),)
        )
    elif each.consent in ("named", "unnamed") and notice.news not in ("address", "not_address"):
        rows.append((button(voice.gettext("🌐 It was published at…"), Did("input_publish", number)),))
    return message(text, [*rows, (button(voice.gettext("All written inputs"), Did("input_list", "any.0")),)])


def _news(notice: InputRead, voice: Voice) -> SafeHtml:
    match notice.news:
        case "address":
            return bold(voice.gettext("Where was it published? Please send the full address."))
        case "not_address":
            return bold(
                voice.gettext(
                    "⚠️ That is no address on the web. Please send the whole of it, as the browser shows it."
                )
            )
        case "not_agreed":
            return bold(
                voice.gettext("⚠️ Its writer has not agreed to publication, so no address can be noted.")
            )
        case "already":
            return bold(
                voice.gettext(
                    "⚠️ This is noted as published already, at the address below; what you typed now was not kept."
                )
            )
        case "published":
            return bold(voice.gettext("✔ Noted as published. Its writer has been told."))
        case "unpublished":
            return bold(
                voice.gettext("✔ Noted as not published. Its writer has been told and can withdraw it.")
            )
    return NOTHING


def news(notice: InputNews, voice: Voice) -> Message:
    """Something has come in, or the writer of an input has done or asks something."""
    said = voice.gettext(_NEWS[notice.code], number=notice.id, inputs=voice.command("inputs"))
    if notice.code in ("consent", "removal"):
        key = button(
            voice.gettext("Written input no. {number}", number=notice.id), Did("input_read", str(notice.id))
        )
        return message([plain(said)], [(key,)])
    return message([plain(said)], [_desk_row(voice)] if notice.code == "arrived" else [])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    InputDesk: desk,
    InputCallAsk: call_ask,
    InputCallMade: call_made,
    InputCallEnd: call_end,
    InputList: listing,
    InputRead: read,
    InputNews: news,
}
"""What renders these notices."""
