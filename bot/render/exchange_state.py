"""What a state decides about its own text: who reads the draft, what may be published and quoted."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import exchange, keyboards
from bot.render.headings import N_, capital, section_label, section_name
from bot.render.markup import SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import (
    ConsentCount,
    ConsentDoubt,
    ConsentSection,
    ConsentView,
    SharedTold,
    SharingDoubt,
    SharingView,
    UnpublishAsked,
)
from workflows.review.template import Template

# --- sharing ---------------------------------------------------------------------


def sharing(notice: SharingView, voice: Voice, template: Template) -> Message:
    """Who can read the draft now, in one line; when it was read; the keys to change it."""
    text = [
        bold(voice.gettext("Who can read your draft now?")),
        plain(_readers(notice, voice, template)),
        lines(_readings(notice, voice, template)),
        italic(
            voice.gettext(
                "Sharing lets the secretariat read your draft before it is submitted. You can take it back at any "
                "time: nothing can be opened from then on. What was read before stays in the reader's chat."
            )
        ),
    ]
    return message(text, [(_whole_key(notice, voice),), *_section_keys(notice, voice, template)])


def _readers(notice: SharingView, voice: Voice, template: Template) -> Spoken:
    shared = [line.section for line in notice.sections if line.shared]
    if notice.whole:
        return voice.gettext("Those invited for your country, and the secretariat: the whole draft.")
    if not shared:
        return voice.gettext("Those invited for your country, and nobody else.")
    return voice.gettext(
        "Those invited for your country, and the secretariat: {sections}.",
        sections=exchange.named_sections(shared, voice, template),
    )


def _readings(notice: SharingView, voice: Voice, template: Template) -> Iterator[SafeHtml]:
    for line in notice.sections:
        if line.read_at:
            name = section_label(voice, template, line.section)
            date = voice.moment(line.read_at)
            yield plain(
                voice.gettext("{section}: last read by the secretariat {date}", section=name, date=date)
            )


def _whole_key(notice: SharingView, voice: Voice) -> Any:
    if notice.whole:
        return button(voice.gettext("✅ The whole draft is shared: take it back"), Did("share", "off.all"))
    return button(voice.gettext("Share the whole draft"), Did("share", "on.all"))


def _section_keys(notice: SharingView, voice: Voice, template: Template) -> Iterator[Row]:
    for line in notice.sections:
        name = section_name(voice, template, line.section)
        if line.shared:
            words = voice.gettext("✅ {section} is shared: take it back", section=capital(name))
            yield (button(words, Did("share", f"off.{line.section}")),)
        else:
            yield (
                button(
                    voice.gettext("Share {section}", section=name),
                    Did("share", f"on.{line.section}"),
                ),
            )


def sharing_doubt(notice: SharingDoubt, voice: Voice, template: Template) -> Message:
    """What seems personal in what is about to be shared."""
    text = [bold(voice.gettext("Before you share")), exchange.doubt(notice.found, voice, template)]
    section, sight = notice.section or "all", notice.found.sight
    about = f"{section}:{sight}" if sight else section
    rest = button(voice.gettext("Share with […] in their place"), Did("share", f"rest.{about}"))
    share = button(voice.gettext("Share all the same"), Did("share", f"sure.{about}"))
    leave = button(voice.gettext("Do not share now"), Did("share", "card"))
    ways = [*exchange.doubtful_keys(notice.found, voice, template), (rest,), (share,), (leave,)]
    later = voice.gettext(
        "If you share all the same, such passages that are written there later are shared, too, until you take it back."
    )
    return message([*text, italic(exchange.what_stays(voice)), italic(later)], ways)


def shared_told(notice: SharedTold, voice: Voice, _template: Template) -> Message:
    """To the secretariat: that something is shared, nothing of what it says."""
    words = voice.gettext(
        "{country} shares its draft or a part of it with you.", country=voice.country_name(notice.country)
    )
    return message([plain(words)], [(button(voice.gettext("Read it"), Did("review", notice.country)),)])


# --- consent ---------------------------------------------------------------------


def consent(notice: ConsentView, voice: Voice, template: Template) -> Message:
    """What of a version may be published and quoted."""
    text = [bold(_consent_heading(notice, voice))]
    if not notice.edition:
        words = voice.gettext(
            "Consent is given for each answer of a submitted review. Nothing was submitted yet."
        )
        return message([*text, plain(words)])
    if not notice.newest:
        text.append(plain(voice.gettext("This is an earlier version.")))
    text += [lines(plain(_counted(line, voice, template)) for line in notice.sections)]
    text.append(italic(_how_consent_works(notice, voice)))
    keys: list[Row] = [
        (
            button(
                exchange.heading_of(line.section, voice, template),
                Did("consent_section", f"{notice.edition}.{line.section}.0"),
            ),
        )
        for line in notice.sections
        if line.answers
    ]
    return message(text, [*keys, *_other_versions(notice, voice)])


def _consent_heading(notice: ConsentView | ConsentSection, voice: Voice) -> Spoken:
    name = voice.gettext("Consent to publish and to quote")
    if not notice.own:
        name = voice.gettext("{country}: {name}", country=voice.country_name(notice.country), name=name)
    if not notice.edition:
        return name
    return Spoken(f"{name}{voice.between}{voice.gettext('version {version}', version=notice.version)}")


def _counted(line: ConsentCount, voice: Voice, template: Template) -> str:
    return voice.gettext(
        "{section}: {answers} · publish {publish} · quote {quote}",
        section=section_label(voice, template, line.section),
        answers=voice.ngettext("{count} answer", "{count} answers", line.answers),
        publish=line.publish,
        quote=line.quote,
    )


def _how_consent_works(notice: ConsentView, voice: Voice) -> Spoken:
    if not notice.own:
        return voice.gettext(
            "Only answers with consent may be published or quoted; consent can be taken back."
        )
    return voice.gettext(
        "Nothing is published or quoted without your consent. You can take it back at any time; the secretariat is "
        "then asked to withdraw what was published. A new version needs consent anew."
    )


def _other_versions(notice: ConsentView, voice: Voice) -> Iterator[Row]:
    for edition, version in notice.earlier.items():
        words = voice.gettext("Version {version}: consent still holds", version=version)
        yield (button(words, Did("consent", str(edition))),)
    if not notice.own:
        yield (exchange.review_key(voice, notice.country, fresh=True),)
    elif not notice.newest:
        yield (button(voice.gettext("The newest version"), Did("consent")),)


def consent_section(notice: ConsentSection, voice: Voice, template: Template) -> Message:
    """The answers of a section, each with its consent, and the keys to set it."""
    shown = exchange.on_page(notice.answers, notice.page)
    first = min(notice.page, exchange.last_page(len(notice.answers))) * exchange.PAGE + 1
    text = [
        bold(_consent_heading(notice, voice)),
        bold(exchange.heading_of(notice.section, voice, template)),
    ]
    for number, line in enumerate(shown, start=first):
        words = exchange.prompt_line(line.prompt, voice, template)
        text.append(
            lines(
                [
                    plain(voice.gettext("{number}. {name}", number=number, name=words)),
                    plain(
                        voice.joined(
                            (
                                _word("publish", voice, on=line.publish),
                                _word("quote", voice, on=line.quote),
                            )
                        )
                    ),
                ]
            )
        )
    here = f"{notice.edition}.{notice.section}."
    back = keyboards.backward(voice, voice.gettext("Back to consent"))
    return message(
        text,
        [
            *(_consent_rows(notice, voice, first) if notice.own else ()),
            exchange.page_keys(
                voice, "consent_section", here, notice.page, exchange.last_page(len(notice.answers))
            ),
            (button(back, Did("consent", str(notice.edition))),),
        ],
    )


_WORDS: Final[dict[tuple[str, bool], str]] = {
    ("publish", True): N_("✅ publish"),
    ("publish", False): N_("▫️ publish"),
    ("quote", True): N_("✅ quote"),
    ("quote", False): N_("▫️ quote"),
}


def _word(use: str, voice: Voice, *, on: bool) -> Spoken:
    return voice.gettext(_WORDS[use, on])


def _consent_rows(notice: ConsentSection, voice: Voice, first: int) -> Iterator[Row]:
    for number, line in enumerate(exchange.on_page(notice.answers, notice.page), start=first):
        keys = [
            button(
                f"{voice.number(number)}{voice.between}{_word(use, voice, on=on)}",
                _agree(notice, use, "no" if on else "yes", line.prompt),
            )
            for use, on in (("publish", line.publish), ("quote", line.quote))
        ]
        yield keyboards.across(voice, keys)
    yield from _whole_section(notice, voice)


def _whole_section(notice: ConsentSection, voice: Voice) -> Iterator[Row]:
    """One tap for all answers of the section."""
    if not all(line.publish for line in notice.answers):
        words = voice.gettext("✅ Publish the whole section")
        yield (button(words, _agree(notice, "publish", "yes", "all")),)
    if not all(line.quote for line in notice.answers):
        words = voice.gettext("✅ Quote from the whole section")
        yield (button(words, _agree(notice, "quote", "yes", "all")),)
    if any(line.publish for line in notice.answers):
        words = voice.gettext("Take back: publish the section")
        yield (button(words, _agree(notice, "publish", "no", "all")),)
    if any(line.quote for line in notice.answers):
        words = voice.gettext("Take back: quote from the section")
        yield (button(words, _agree(notice, "quote", "no", "all")),)


def _agree(notice: ConsentSection | ConsentDoubt, use: str, word: str, about: str) -> Did:
    return Did("agree", f"{notice.edition}.{use}.{word}.{notice.page}.{notice.section}:{about}")


def consent_doubt(notice: ConsentDoubt, voice: Voice, template: Template) -> Message:
    """What seems personal in what is about to be published or quoted."""
    text = [bold(voice.gettext("Before you consent")), exchange.doubt(notice.found, voice, template)]
    others = notice.wanted - len(notice.found.prompts)
    all_the_same = button(
        voice.gettext("Consent all the same"), _agree(notice, notice.use, "sure", notice.about)
    )
    rest = button(
        voice.ngettext("Only the other answer", "Only the other {count} answers", others),
        _agree(notice, notice.use, "rest", notice.about),
    )
    leave = button(
        voice.gettext("Not now"), Did("consent_section", f"{notice.edition}.{notice.section}.{notice.page}")
    )
    return message(text, [(all_the_same,), (rest,) if others else (), (leave,)])


def unpublish_asked(notice: UnpublishAsked, voice: Voice, template: Template) -> Message:
    """To the secretariat: what is to be withdrawn."""
    country = voice.country_name(notice.country)
    if notice.use == "publish":
        words = voice.gettext(
            "{country} has taken back its consent to publish, version {version}.",
            country=country,
            version=notice.version,
        )
        remedy = voice.gettext(
            "Please withdraw what was published of these answers, and tell whoever runs the site:"
        )
    else:
        words = voice.gettext(
            "{country} has taken back its consent to quote, version {version}.",
            country=country,
            version=notice.version,
        )
        remedy = voice.gettext("Please take out what was quoted of these answers:")
    numbers = exchange.numbers(notice.prompts, voice, template)
    return message(
        [bold(words), lines([plain(remedy), plain(numbers)])],
        [(exchange.review_key(voice, notice.country, fresh=True),)],
    )


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    SharingView: sharing,
    SharingDoubt: sharing_doubt,
    SharedTold: shared_told,
    ConsentView: consent,
    ConsentSection: consent_section,
    ConsentDoubt: consent_doubt,
    UnpublishAsked: unpublish_asked,
}
"""What renders each of these notices."""
