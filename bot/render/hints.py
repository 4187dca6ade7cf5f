"""The small sentences of a card: how to answer, why nothing was taken, what a menu is for, why there is no answer."""

from bot.render.headings import N_
from bot.render.voice import Spoken, Voice
from workflows.notices import Ask, ProblemCode
from workflows.review.template import Template

_PROBLEMS: dict[ProblemCode, str] = {
    "press_a_button": N_("⚠️ Please answer with one of the buttons below."),
    "not_an_option": N_("⚠️ That is not one of the choices. Please press the ones that apply."),
    "empty": N_("⚠️ No words were found in the message. Please type the answer."),
    "unreadable": N_("⚠️ The answer could not be read. Please try once more."),
    "changed_meanwhile": N_(
        "⚠️ A colleague has changed this answer meanwhile. It is shown as it stands now; nothing of it was touched."
    ),
    "came_late": N_(
        "⚠️ This message reached us only after the answer that you chose later. That answer stands; it "
        "can be changed at any time."
    ),
    "joined": N_(
        "🔗 This message went on where the entry before it had broken off, so it was put behind it. The list shows one "
        "entry for both."
    ),
    "details_differ": N_(
        "⚠️ The two entries differ in a date or a choice, so they were not joined. Please change or empty it in one of "
        "them, then join them."
    ),
    "name_of_a_key": N_(
        "⚠️ This is the name of a button, so it was not put into the answer. To go on, please press one of the buttons "
        "below."
    ),
    "courtesy": N_("🤝 Thank you for the kind words. They were not put into the answer."),
    "called_off": N_(
        "⚠️ This was not put into the answer, and what is written stays as it is. To correct a message, edit it; to go "
        "on, press one of the buttons below."
    ),
}

_MENUS = {
    "other": N_("A question may also stay without an answer, for one of these reasons:"),
    "adapt": N_("The review is voluntary: you may fit the template to your national context and priorities."),
    "clear": N_("Clear the answer? The question will be open again."),
}

_NO_ANSWER = {
    "not_applicable": N_("not applicable"),
    "not_known": N_("not yet known"),
    "declined": N_("prefer not to answer"),
}


def problem_text(voice: Voice, problem: ProblemCode) -> Spoken:
    """Why what was sent could not be taken, and what to do."""
    return voice.gettext(_PROBLEMS[problem])


def menu_text(voice: Voice, menu: str) -> Spoken:
    """What a menu of a card is for."""
    return voice.gettext(_MENUS[menu])


def no_answer(voice: Voice, state: str) -> Spoken:
    """The reason recorded for having no answer."""
    return voice.gettext(_NO_ANSWER[state])


def how_to_answer(notice: Ask, voice: Voice, template: Template) -> Spoken:
    """What to press or type at a prompt."""
    match template.type_of(notice.prompt).kind:
        case "yes_no" | "choice":
            return voice.gettext("Press your answer.")
        case "choices":
            return _how_to_choose(notice, voice, template)
        case "matrix":
            return _how_to_fill(notice, voice)
        case "record" | "records":
            return _how_to_list(notice, voice, template)
        case _:
            return _how_to_write(notice, voice)


def _how_to_choose(notice: Ask, voice: Voice, template: Template) -> Spoken:
    if template.type_of(notice.prompt).allow_other:
        return voice.gettext("Press all that apply, then “Done”. You can also type another answer.")
    return voice.gettext("Press all that apply, then “Done”.")


def _how_to_fill(notice: Ask, voice: Voice) -> Spoken:
    if notice.row:
        return voice.gettext("Press the status.")
    return voice.gettext("Press one to give its status, then “Done”. Any of them may stay empty.")


def _how_to_list(notice: Ask, voice: Voice, template: Template) -> Spoken:
    """One entry; one a line; or one a message, with its longer part below its name."""
    answer_type = template.type_of(notice.prompt)
    fields = {field.id: voice.words(field.label) for field in template.fields_of(notice.prompt)}
    name, *_ = fields.values()
    if answer_type.kind == "record":
        return voice.gettext("Type in one message: {field}.", field=name)
    if answer_type.splits == "line":
        return voice.gettext("Type one entry per line. Details can be added afterwards.")
    if answer_type.body_field in fields:
        body = fields[answer_type.body_field]
        return voice.gettext(
            "One message for each entry. First line: {first}. Lines below: {rest}.", first=name, rest=body
        )
    return voice.gettext("One message for each entry. Details can be added afterwards.")


def _how_to_write(notice: Ask, voice: Voice) -> Spoken:
    if notice.replacing:
        return voice.gettext("Type the new text. Your next message takes the place of the present one.")
    if notice.excerpt:
        return voice.gettext("Your next message is added to this text.")
    return voice.gettext("Type the answer, in one message or several.")
