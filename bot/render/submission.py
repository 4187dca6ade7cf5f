"""The look before a review is submitted, the last question, the receipt, and the way to have it opened again."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_, listed, question_number, section_name, word_count
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.submission_words import (
    document_key,
    fingerprint,
    heading,
    look_key,
    name_of,
    numbers,
    state_of,
    step_name,
)
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import (
    OnlyTheLead,
    OverLimit,
    Receipt,
    ReopenAsked,
    Reopened,
    ReopenReason,
    ReopenRefused,
    ReopenSent,
    ReviewLocked,
    SubmitConfirm,
    SubmitLook,
)
from workflows.review.events import WentTo
from workflows.review.template import Template

CLEARANCES = (
    N_("Your country asks for no clearance: the lead focal point submits."),
    N_("Your country asks for one clearance before the review is submitted."),
    N_("Your country asks for two clearances before the review is submitted."),
)
"""By how many clearances are asked for."""

# --- the look --------------------------------------------------------------------------------------------------------


def submit_look(notice: SubmitLook, voice: Voice, template: Template) -> Message:
    """What is open, over its limit, adapted; what is on its way; and what can be done now."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("The review on its way: {country}", country=country)),
        _contents(notice, voice, template),
        *(_over(each, voice, template) for each in notice.over),
        _on_its_way(notice, voice, template),
        plain(voice.gettext(CLEARANCES[notice.steps])),
        _without(notice, voice),
        italic(_advice(notice, voice)),
    ]
    return message(text, [*_heaviest(notice, voice, template), *_look_rows(notice, voice)])


def _contents(notice: SubmitLook, voice: Voice, template: Template) -> SafeHtml:
    settled = voice.gettext("Settled: {settled} of {total}", settled=notice.settled, total=notice.total)
    found = [plain(settled)]
    for questions, words in (
        (notice.open, N_("Left open: {questions}")),
        (notice.adapted, N_("In your country's own wording: {questions}")),
        (notice.left_out, N_("Left out: {questions}")),
    ):
        if questions:
            found.append(plain(voice.gettext(words, questions=numbers(questions, voice, template))))
    if not notice.over:
        found.append(plain(voice.gettext("All sections are within their limits.")))
    return lines(found)


def _over(over: OverLimit, voice: Voice, template: Template) -> SafeHtml:
    section = section_name(voice, template, over.section)
    by = voice.ngettext(
        "{count} word over the limit of {limit} in {section}.",
        "{count} words over the limit of {limit} in {section}.",
        over.words - over.limit,
        limit=over.limit,
        section=section,
    )
    weights = [
        voice.gettext(
            "{question} ({words})",
            question=question_number(voice, template, template.question_of[prompt]),
            words=word_count(voice, count),
        )
        for prompt, count in over.heaviest
    ]
    weigh = voice.gettext("The longest answers: {answers}", answers=listed(voice, weights)) if weights else ""
    return lines([plain(by), plain(weigh)])


def _on_its_way(notice: SubmitLook, voice: Voice, template: Template) -> SafeHtml:
    mark = notice.newest
    if mark is None:
        return NOTHING
    told = [
        bold(voice.gettext("{name}: {state}", name=name_of(mark, voice), state=state_of(mark, voice))),
        plain(fingerprint(mark, voice)),
    ]
    if mark.state == "in_clearance":
        since = voice.day_of(mark.state_at)
        told.append(
            plain(voice.gettext("{step}, since {date}", step=step_name(mark.step, voice), date=since))
        )
    if notice.reason:
        told.append(quoted(notice.reason))
    if notice.changed:
        told.append(plain(changed_since(notice.changed, voice, template)))
    return lines(told)


def changed_since(questions: tuple[str, ...], voice: Voice, template: Template) -> Spoken:
    """Which questions have changed since a text was frozen."""
    return voice.gettext(
        "Changed since then and not in it: {questions}", questions=numbers(questions, voice, template)
    )


def _without(notice: SubmitLook, voice: Voice) -> SafeHtml:
    missing = [step_name(step, voice) for step in notice.without]
    if not missing:
        return NOTHING
    return plain(voice.gettext("Nobody is invited yet for: {steps}", steps=listed(voice, missing)))


def _advice(notice: SubmitLook, voice: Voice) -> Spoken:
    if not notice.lead and not notice.steps:
        return voice.gettext("The lead focal point of your country submits the review.")
    if notice.open or notice.over:
        return voice.gettext(
            "The review can go on its way as it is: every question may stay open, and the limits are a guide."
        )
    return voice.gettext("Nothing is submitted by itself.")


def _heaviest(notice: SubmitLook, voice: Voice, template: Template) -> list[Row]:
    """The ways to the answers that weigh most, for whoever wishes to shorten."""
    heaviest = [each for over in notice.over for each in over.heaviest[:1]]
    keys = [
        button(
            voice.gettext(
                "✏️ {question} · {words}",
                question=question_number(voice, template, template.question_of[prompt]),
                words=word_count(voice, count),
            ),
            WentTo(f"prompt:{prompt}"),
        )
        for prompt, count in heaviest
    ]
    return [(key,) for key in keys]


def _look_rows(notice: SubmitLook, voice: Voice) -> list[Row]:
    mark, rows = notice.newest, []
    is_stale = mark is not None and not mark.step and bool(notice.changed)
    if mark is not None and mark.state == "cleared" and notice.lead and not is_stale:
        label = voice.gettext("Submit frozen text {number}", number=mark.number)
        rows.append((button(label, Did("submit", str(mark.id))),))
    if _can_freeze(notice):
        rows.append((button(_freeze_label(notice, voice), Did("freeze")),))
    if mark is not None:
        back = button(voice.gettext("↩ Take it back"), Did("recall", str(mark.id)))
        rows.append((document_key(mark, voice),))
        rows.append((back,))
    clearing = button(voice.gettext("Clearances"), Did("clearing"))
    return [*rows, keyboards.across(voice, [clearing, keyboards.sections_key(voice)])]


def _can_freeze(notice: SubmitLook) -> bool:
    """Whether a new frozen text makes sense: there is none, or it says something else by now."""
    if 1 in notice.without or (not notice.steps and not notice.lead):
        return False
    mark = notice.newest
    return mark is None or mark.state == "changes_asked" or bool(notice.changed)


def _freeze_label(notice: SubmitLook, voice: Voice) -> Spoken:
    if not notice.steps:
        return voice.gettext("Submit version {version}", version=notice.version)
    if notice.newest is None:
        return voice.gettext("Send to be cleared")
    return voice.gettext("Send the new text to be cleared")


# --- the last question, and the receipt ------------------------------------------------------------------------------


def submit_confirm(notice: SubmitConfirm, voice: Voice, template: Template) -> Message:
    """Version, number and hash; what has changed since; and the last question."""
    mark = notice.mark
    version = voice.gettext(
        "Submit frozen text {number} as version {version}?", number=mark.number, version=notice.version
    )
    anew = voice.gettext("The answers had changed, so the text was frozen anew.") if notice.anew else ""
    is_open = voice.ngettext(
        "{count} question is left open.", "{count} questions are left open.", notice.open
    )
    text = [
        lines([bold(version), plain(voice.country_name(mark.country)), plain(fingerprint(mark, voice))]),
        plain(anew),
        plain(is_open) if notice.open else NOTHING,
        plain(changed_since(notice.changed, voice, template)) if notice.changed else NOTHING,
        plain(
            voice.gettext(
                "The secretariat receives the text. The answers then stay as they are until the secretariat "
                "opens the review again at your request."
            )
        ),
    ]
    label = voice.gettext("Yes, submit version {version}", version=notice.version)
    rows = [
        (button(label, Did("submit", f"{mark.id}.{notice.seen}")),),
        (document_key(mark, voice),),
        (button(voice.gettext("Not now"), Did("submit", "look")),),
    ]
    return message(text, rows)


def only_the_lead(notice: OnlyTheLead, voice: Voice) -> Message:
    """Who submits, to somebody who does not."""
    country = voice.country_name(notice.country)
    text = voice.gettext(
        "The review of {country} is submitted by its lead focal point. All you have written is saved.",
        country=country,
    )
    return message([plain(text)], [(look_key(voice),)])


def receipt(notice: Receipt, voice: Voice, template: Template) -> Message:
    """A version was submitted: when, which, and its hash; what it amends."""
    mark = notice.mark
    country = voice.country_name(mark.country)
    facts = [
        voice.gettext("Submitted: {moment}", moment=voice.moment(mark.state_at)),
        voice.gettext("Version: {version}", version=mark.version),
        fingerprint(mark, voice),
    ]
    amended = NOTHING
    if mark.version > 1:
        changed = numbers(notice.changed, voice, template) or voice.pgettext("questions", "nothing")
        amended = plain(voice.gettext("Changed since the version before: {questions}", questions=changed))
    text = [
        bold(voice.gettext("✅ The review of {country} is submitted.", country=country)),
        lines(map(plain, facts)),
        amended,
        plain(changed_since(notice.missing, voice, template)) if notice.missing else NOTHING,
        plain(_thanks(notice.role, voice)),
    ]
    return message(text, [(document_key(mark, voice),), *_after_receipt(notice, voice)])


def _after_receipt(notice: Receipt, voice: Voice) -> list[Row]:
    """What comes next: the secretariat reads, the focal points say what may be published."""
    match notice.role:
        case "secretariat":
            return [(button(voice.gettext("Read it"), Did("review", notice.mark.country)),)]
        case "focal_point":
            return [(button(voice.gettext("Consent to publish and to quote"), Did("consent")),)]
    return []


def _thanks(role: str, voice: Voice) -> Spoken:
    match role:
        case "focal_point":
            return voice.gettext(
                "Thank you. If something has to change, {command} shows how.", command=voice.command("submit")
            )
        case "secretariat":
            return voice.gettext("The text follows as a document.")
    return voice.gettext("Thank you for your part in it.")


# --- locked, and opened again ----------------------------------------------------------------------------------------


def review_locked(notice: ReviewLocked, voice: Voice) -> Message:
    """That the review is submitted and stays as it is; what was typed is given back."""
    mark = notice.mark
    back = voice.gettext("Your text was not put into any answer. Here it is, so that it is not lost:")
    asked = voice.gettext("You have asked for it to be opened again; the secretariat has not answered yet.")
    how = voice.gettext("If something has to change, the secretariat can open it again at your request.")
    text = [
        bold(
            voice.gettext(
                "The review is submitted as version {version} ({date}) and stays as it is.",
                version=mark.version,
                date=voice.day_of(mark.state_at),
            )
        ),
        plain(back) if notice.text else NOTHING,
        quoted(notice.text),
        plain(asked if notice.asked else how),
    ]
    ask = button(voice.gettext("Ask to open it again"), Did("ask_reopen", str(mark.id)))
    return message(text, [() if notice.asked else (ask,), (document_key(mark, voice),)])


def reopen_reason(notice: ReopenReason, voice: Voice) -> Message:
    """What to type."""
    ask = voice.gettext(
        "Please type in your next message why the review should be opened again. The secretariat will read it."
    )
    return message([heading(notice.mark, voice), plain(ask)], [(look_key(voice),)])


def reopen_asked(notice: ReopenAsked, voice: Voice) -> Message:
    """A state's request, and both answers."""
    mark = notice.mark
    asks = voice.gettext(
        "{country} asks for its review to be opened again.", country=voice.country_name(mark.country)
    )
    rows: list[tuple[Button, ...]] = [
        (button(voice.gettext("Open it again"), Did("reopen", str(mark.id))),),
        (button(voice.gettext("Leave it as it is"), Did("keep_closed", str(mark.id))),),
        (document_key(mark, voice),),
    ]
    return message([bold(asks), heading(mark, voice), quoted(notice.reason)], rows)


def reopen_sent(notice: ReopenSent, voice: Voice) -> Message:
    """The request is on its way."""
    text = voice.gettext(
        "Your request is with the secretariat. You will hear from Rafiq as soon as it answers."
    )
    return message([heading(notice.mark, voice), plain(text)])


def reopened(notice: Reopened, voice: Voice) -> Message:
    """The draft can be changed again; the version stays."""
    mark = notice.mark
    country = voice.country_name(mark.country)
    text = [
        bold(voice.gettext("The review of {country} is open again.", country=country)),
        plain(
            voice.gettext(
                "Version {version} stays on record. What is submitted next becomes version {following}.",
                version=mark.version,
                following=mark.version + 1,
            )
        ),
        plain(_dropped(notice.dropped, voice)) if notice.dropped else NOTHING,
    ]
    ways = keyboards.across(voice, [keyboards.continue_key(voice), keyboards.sections_key(voice)])
    return message(text, [ways] if notice.role == "focal_point" else [])


def _dropped(count: int, voice: Voice) -> Spoken:
    """What became of remarks that were never sent."""
    return voice.ngettext(
        "{count} remark that had not been sent was dropped.",
        "{count} remarks that had not been sent were dropped.",
        count,
    )


def reopen_refused(notice: ReopenRefused, voice: Voice) -> Message:
    """The version stays as it is."""
    words = voice.gettext(
        "The secretariat leaves the review as it was submitted. It will gladly explain why if you ask."
    )
    told = voice.gettext("The review stays as it was submitted. The focal points have been told.")
    return message([heading(notice.mark, voice), plain(told if notice.role == "secretariat" else words)])


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    SubmitLook: submit_look,
    SubmitConfirm: submit_confirm,
    Receipt: receipt,
}
RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    OnlyTheLead: only_the_lead,
    ReviewLocked: review_locked,
    ReopenReason: reopen_reason,
    ReopenAsked: reopen_asked,
    ReopenSent: reopen_sent,
    Reopened: reopened,
    ReopenRefused: reopen_refused,
}
"""What renders each of these notices."""
