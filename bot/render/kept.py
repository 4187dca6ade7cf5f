"""What a card says while the review stays as it was submitted."""

from bot.render.headings import listed, question_number
from bot.render.markup import NOTHING, SafeHtml, lines, plain
from bot.render.voice import Spoken, Voice
from workflows.notices.talk import Kept
from workflows.review.template import Template


def on_the_whole(kept: Kept, voice: Voice, template: Template, *, is_beside: bool) -> SafeHtml:
    """For the page of all sections: since when, and which questions say something else by now."""
    if is_beside:
        return _aside(kept, voice)
    numbers = [
        question_number(voice, template, template.questions[each])
        for each in kept.missing
        if each in template.questions
    ]
    changed = voice.gettext(
        "Changed after the text was frozen, and not in what was submitted: {questions}",
        questions=listed(voice, numbers),
    )
    return lines([plain(_since(kept, voice)), plain(changed) if numbers else NOTHING])


def on_a_question(kept: Kept, voice: Voice, question: str, *, is_beside: bool) -> SafeHtml:
    """For one question: that it stays as it is, and whether what stands there is what was submitted."""
    if is_beside:
        return _aside(kept, voice)
    changed = voice.gettext(
        "What stands here was changed after the text was frozen: it is not in what was submitted."
    )
    return lines([plain(_since(kept, voice)), plain(changed) if question in kept.missing else NOTHING])


def _since(kept: Kept, voice: Voice) -> Spoken:
    return voice.gettext(
        "🔒 The review is submitted as version {version} ({date}) and stays as it is.",
        version=kept.version,
        date=voice.day_of(kept.at),
    )


def _aside(kept: Kept, voice: Voice) -> SafeHtml:
    """To a colleague who writes beside the official text."""
    since = voice.gettext("🔒 The review of your country is submitted ({date}).", date=voice.day_of(kept.at))
    aside = voice.gettext(
        "What you write is kept under your name. It can be taken over only if the review is opened again."
    )
    return lines([plain(since), plain(aside)])
