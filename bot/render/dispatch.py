"""One table from the closed list of notices to what renders each of them."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.render import (
    agenda,
    announced,
    announcements,
    announcements_way,
    assessment,
    assessment_file,
    attendance_file,
    audit,
    calendar,
    cards,
    clearances,
    contradictions,
    country_card,
    documents,
    doubts,
    earlier,
    exchange_file,
    exchange_reading,
    exchange_remarks,
    exchange_state,
    explained,
    filled,
    glossary,
    groups_desk,
    hands,
    hands_files,
    hands_notes,
    hands_team,
    hands_versions,
    inputs,
    inputs_desk,
    inputs_door,
    inputs_table,
    invitations,
    minutes,
    minutes_desk,
    own_draft,
    pages,
    people,
    people_desk,
    places,
    points,
    records,
    reminder_lists,
    reminders,
    reopening,
    scheduling,
    side_by_side,
    speakers,
    standings,
    status_files,
    status_lists,
    submission,
    submission_texts,
    support,
    support_desk,
    support_group,
    support_lists,
    support_received,
    tagged,
    taking_part,
    ways,
    workshop_desk,
    workshops,
)
from bot.render.messages import Message
from bot.render.voice import Voice
from workflows import notices
from workflows.review.template import Template

_WITH_TEMPLATE: dict[type[notices.Saying], Callable[[Any, Voice, Template], Message]] = {
    notices.Ask: cards.ask,
    notices.Saved: cards.saved,
    notices.Answered: cards.answered,
    notices.RecordCard: records.record,
    notices.AskField: records.field,
    notices.AskWording: records.wording,
    notices.LeftOut: records.left_out,
    notices.Hub: places.hub,
    notices.SectionView: places.section,
    notices.WhichQuestion: places.which_question,
    notices.ProgressView: standings.progress,
    notices.TemplateFile: documents.template_file,
    **assessment.WITH_TEMPLATE,
    **assessment_file.WITH_TEMPLATE,
    **contradictions.WITH_TEMPLATE,
    **doubts.WITH_TEMPLATE,
    **earlier.RENDERED_WITH_TEMPLATE,
    **filled.WITH_TEMPLATE,
    **hands.RENDERED_WITH_TEMPLATE,
    **hands_files.RENDERED_WITH_TEMPLATE,
    **hands_notes.RENDERED_WITH_TEMPLATE,
    **hands_team.RENDERED_WITH_TEMPLATE,
    **hands_versions.RENDERED_WITH_TEMPLATE,
    **exchange_file.WITH_TEMPLATE,
    **own_draft.WITH_TEMPLATE,
    **exchange_reading.WITH_TEMPLATE,
    **exchange_remarks.WITH_TEMPLATE,
    **exchange_state.WITH_TEMPLATE,
    **side_by_side.WITH_TEMPLATE,
    **submission.WITH_TEMPLATE,
    **submission_texts.WITH_TEMPLATE,
    **support_received.WITH_TEMPLATE,
    **tagged.WITH_TEMPLATE,
}

_WITH_TEMPLATE_IF_ANY: dict[type[notices.Saying], Callable[[Any, Voice, Template | None], Message]] = {
    notices.Explained: explained.explained,
    notices.Welcome: people.welcome,
    notices.InvitationMade: invitations.invitation_made,
    notices.StatusView: standings.status,
    notices.Reminder: reminders.reminder,
    **support.RENDERED,
    **support_desk.RENDERED,
    **ways.RENDERED,
    **support_group.RENDERED_WITH_TEMPLATE,
    **announced.WITH_TEMPLATE,
    **announcements.WITH_TEMPLATE,
    **announcements_way.WITH_TEMPLATE,
}

_ALONE: dict[type[notices.Saying], Callable[[Any, Voice], Message]] = {
    notices.DocumentsView: documents.documents,
    notices.DocumentCard: documents.card,
    notices.NothingOpen: places.nothing_open,
    notices.Handover: people.handover,
    notices.AccessEnded: people.access_ended,
    notices.SomebodyCameIn: people.came_in,
    notices.Door: people.door,
    notices.ChooseLanguage: people.choose_language,
    notices.LanguageSet: people.language_set,
    notices.MyData: people.my_data,
    notices.EraseAsk: people.erase_ask,
    notices.Erased: people.erased,
    notices.EraseCancelled: people.erase_cancelled,
    notices.Settings: pages.settings,
    notices.Help: pages.help_page,
    notices.Privacy: pages.privacy,
    notices.InviteWhom: invitations.invite_whom,
    notices.ReplaceWhom: invitations.replace_whom,
    **reminders.RENDERED,
    **reminder_lists.RENDERED,
    **calendar.RENDERED,
    **agenda.RENDERED,
    **audit.RENDERED,
    **inputs.RENDERED,
    **inputs_desk.RENDERED,
    **inputs_door.RENDERED,
    **inputs_table.RENDERED,
    **filled.RENDERED,
    **hands_files.RENDERED,
    **hands_team.RENDERED,
    **clearances.RENDERED,
    **country_card.RENDERED,
    **status_files.RENDERED,
    **status_lists.RENDERED,
    **taking_part.RENDERED,
    **workshops.RENDERED,
    **minutes.RENDERED,
    **attendance_file.RENDERED,
    **points.RENDERED,
    **speakers.RENDERED,
    **workshop_desk.RENDERED,
    **glossary.RENDERED,
    **groups_desk.RENDERED,
    **minutes_desk.RENDERED,
    **scheduling.RENDERED,
    **announced.RENDERED,
    **announcements.RENDERED,
    **announcements_way.RENDERED,
    **people_desk.RENDERED,
    **reopening.RENDERED,
    **submission.RENDERED,
    **submission_texts.RENDERED,
    **support_group.RENDERED,
    **support_lists.RENDERED,
}


def render(notice: notices.Notice, voice: Voice, template: Template | None) -> Message:
    """The notice in words; what brings a file along is on 24 hours, since files are passed on.

    Raises ValueError where a notice of the talk comes without its cycle's template.
    """
    said = _rendered(notice, voice, template)
    if voice.clock == "12" and said.document is not None:
        return _rendered(notice, replace(voice, clock="24"), template)
    return said


def _rendered(notice: notices.Notice, voice: Voice, template: Template | None) -> Message:
    kind = type(notice)
    if kind in _ALONE:
        return _ALONE[kind](notice, voice)
    if kind in _WITH_TEMPLATE_IF_ANY:
        return _WITH_TEMPLATE_IF_ANY[kind](notice, voice, template)
    if template is None:
        raise ValueError(f"the notice “{notice.topic}” needs the template of its cycle")
    return _WITH_TEMPLATE[kind](notice, voice, template)
