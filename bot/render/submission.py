"""The look before a review is submitted, the last question, the receipt, and the way to have it opened again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.clearances import CLEARANCES
from bot.render.contradictions import in_the_look, rows_of_the_look
from bot.render.cutting import clipped
from bot.render.headings import N_, listed, question_number, section_name, word_count
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.own_draft import draft_keys
from bot.render.submission_words import (
    document_keys,
    fingerprint,
    look_key,
    name_of,
    nobody_clears,
    numbers,
    state_of,
    step_name,
)
from bot.render.voice import Spoken, Voice
from workflows.notices.saying import Line
from workflows.notices.submission import (
    OnlyTheLead,
    OverLimit,
    Receipt,
    Returned,
    SubmitConfirm,
    SubmitLook,
    SubmittedWithout,
)
from workflows.review.events import WentTo
from workflows.review.template import Template

# --- the look --------------------------------------------------------------------------------------------------------


def submit_look(notice: SubmitLook, voice: Voice, template: Template) -> Message:
    """What is open, over its limit, adapted; what is on its way; and what can be done now."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("The review on its way: {country}", country=country)),
        _contents(notice, voice, template),
        *(_over(each, voice, template) for each in notice.over),
        in_the_look(notice.contradictions, voice, template),
        _waiting(notice.waiting, voice),
        _of_colleagues(notice.of_colleagues, voice),
        _returned(notice.returned, voice),
        _on_its_way(notice, voice, template),
        plain(voice.gettext(CLEARANCES[notice.steps])),
        nobody_clears(notice.without, notice.invited, voice),
        italic(_advice(notice, voice)),
    ]
    rows = [
        *_waiting_key(notice.waiting, voice),
        *([(button(voice.gettext("All remarks"), Did("remarks")),)] if notice.returned else []),
        *_heaviest(notice, voice, template),
        *rows_of_the_look(notice.contradictions, voice, template),
    ]
    return message(text, [*rows, *_look_rows(notice, voice)])


def _waiting(count: int, voice: Voice) -> SafeHtml:
    """Messages that are in no answer, since it is not known which one they belong to."""
    if not count:
        return NOTHING
    words = voice.ngettext(
        "⚠️ One message of yours waits for you to say which question it belongs to. It is not in the review.",
        "⚠️ {count} messages of yours wait for you to say which questions they belong to. They are not in the review.",
        count,
    )
    return plain(words)


def _of_colleagues(found: Sequence[Line], voice: Voice) -> SafeHtml:
    """The same of others, by name and number; what they wrote is theirs until they have said where it belongs."""
    if not found:
        return NOTHING
    names = [
        voice.gettext("{name} ({count})", name=voice.typed(clipped(each.text, 60)), count=int(each.detail))
        for each in found
    ]
    words = voice.gettext(
        "⚠️ Messages of colleagues wait for them to say which question each belongs to. They are not in the review: "
        "{names}",
        names=listed(voice, names),
    )
    return plain(words)


def _returned(returned: Returned | None, voice: Voice) -> SafeHtml:
    """That a version came back, with its remarks."""
    if returned is None:
        return NOTHING
    words = voice.gettext(
        "Version {version} was returned by the secretariat. Remarks: {total}, open: {open}",
        version=returned.version,
        total=returned.remarks,
        open=returned.open,
    )
    return plain(words)


def _waiting_key(count: int, voice: Voice) -> list[Row]:
    label = voice.gettext("📥 Waiting messages: {count}", count=count)
    return [(button(label, WentTo("held")),)] if count else []


def _contents(notice: SubmitLook, voice: Voice, template: Template) -> SafeHtml:
    settled = voice.gettext(
        "Questions settled: {settled} of {total}", settled=notice.settled, total=notice.total
    )
    found = [plain(settled)]
    for questions, words in (
        (notice.open, N_("Left open: {questions}")),
        (notice.begun, N_("Begun, with a part still open: {questions}")),
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


def _advice(notice: SubmitLook, voice: Voice) -> Spoken:
    if not notice.lead and not notice.steps:
        return voice.gettext("The lead focal point of your country submits the review.")
    if notice.open or notice.begun or notice.over:
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
    mark = notice.newest
    rows: list[Row] = []
    is_stale = mark is not None and not mark.step and bool(notice.changed)
    if mark is not None and mark.state == "cleared" and notice.lead and not is_stale:
        label = voice.gettext("Submit frozen text {number}", number=mark.number)
        rows.append((button(label, Did("submit", str(mark.id))),))
    if _can_freeze(notice):
        rows.append((button(_freeze_label(notice, voice), Did("freeze")),))
    if mark is not None:
        back = button(voice.gettext("↩ Take it back"), Did("recall", str(mark.id)))
        rows.append(document_keys(mark, voice))
        rows.append((back,))
    rows.append(draft_keys(voice))
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
        "{count} question is left open, wholly or in part.",
        "{count} questions are left open, wholly or in part.",
        notice.open,
    )
    text = [
        lines([bold(version), plain(voice.country_name(mark.country)), plain(fingerprint(mark, voice))]),
        plain(anew),
        plain(is_open) if notice.open else NOTHING,
        _waiting(notice.waiting, voice),
        _of_colleagues(notice.of_colleagues, voice),
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
        *_waiting_key(notice.waiting, voice),
        document_keys(mark, voice),
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
    return message(text, [document_keys(mark, voice), *_after_receipt(notice, voice)])


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


def submitted_without(notice: SubmittedWithout, voice: Voice) -> Message:
    """To a colleague who wrote beside the official text: thanks, and what becomes of their words."""
    mark = notice.mark
    text = [
        bold(
            voice.gettext(
                "✅ The review of {country} is submitted.", country=voice.country_name(mark.country)
            )
        ),
        plain(voice.gettext("Submitted: {moment}", moment=voice.moment(mark.state_at))),
        plain(voice.gettext("Thank you for your part in it.")),
        plain(
            voice.gettext(
                "All you wrote is kept under your name. You can go on writing: it is kept aside, and can be taken over "
                "only if the review is opened again."
            )
        ),
    ]
    return message(text)


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    SubmitLook: submit_look,
    SubmitConfirm: submit_confirm,
    Receipt: receipt,
}
RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    OnlyTheLead: only_the_lead,
    SubmittedWithout: submitted_without,
}
"""What renders each of these notices."""
