"""The audit in sentences: who did what where, and what came of it."""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, italic, lines, plain
from bot.render.messages import Button, Message, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import AuditEntry, AuditView
from workflows.notices.hands import FileRefusal

_ACTS: Final = {
    "come_in": N_("came in"),
    "read_draft": N_("opened a draft"),
    "write_draft": N_("changed a draft"),
    "count_draft": N_("counted a draft"),
    "read_people": N_("looked at the people"),
    "invite_focal_point": N_("invited a focal point"),
    "invite_contributor": N_("invited a colleague"),
    "invite_clearer": N_("invited a clearing authority"),
    "invite_supporter": N_("invited a supporter"),
    "invite_secretariat": N_("invited an officer"),
    "replace_focal_point": N_("handed a place to a successor"),
    "withdraw_colleague": N_("ended a colleague’s place"),
    "withdraw_anyone": N_("ended a place"),
    "contribute": N_("wrote for a focal point"),
    "take_over": N_("took over a colleague’s text"),
    "annotate": N_("noted something beside an answer"),
    "note": N_("wrote a note beside an answer"),
    "remove_note": N_("removed a note"),
    "evidence": N_("added a file beside an answer"),
    "read_evidence": N_("opened a file beside an answer"),
    "filled": N_("sent a document with answers"),
    "take_filled": N_("took answers in from a document"),
    "remove_evidence": N_("removed a file"),
    "log_consultation": N_("put down a consultation"),
    "log_consultations": N_("opened the list of consultations"),
    "assess": N_("worked on the self-assessment"),
    "remove_consultation": N_("removed a consultation"),
    "use_consultation": N_("took a consultation into an answer"),
    "use_request": N_("took support received into an answer"),
    "read_contribution": N_("opened a colleague’s text"),
    "restore": N_("restored an earlier version"),
    "keep_all": N_("kept answers that may not go together"),
    "revoke_invitation": N_("withdrew an invitation"),
    "export_status": N_("took the status along as a file"),
    "set_clearing": N_("set the steps of clearance"),
    "freeze_draft": N_("froze the text"),
    "read_edition": N_("opened a frozen text"),
    "clear": N_("decided on clearance"),
    "submit": N_("submitted the review"),
    "read_submitted": N_("opened a submitted review"),
    "read_earlier": N_("opened what was submitted in an earlier review"),
    "take_earlier": N_("began an answer with that of an earlier review"),
    "export_review": N_("took a submitted review along in a table"),
    "reopen": N_("reopened, returned or accepted a review"),
    "remark": N_("remarked on an answer"),
    "answer_remark": N_("answered a remark"),
    "share_draft": N_("changed what is shared"),
    "read_shared": N_("read what is shared"),
    "give_consent": N_("gave or revoked consent"),
    "read_consents": N_("looked at the consents"),
    "ask_support": N_("asked for support"),
    "answer_support": N_("worked on a request"),
    "see_requests": N_("looked at the requests"),
    "publish_answer": N_("published an answer to a question"),
    "announce": N_("announced something"),
    "see_status": N_("looked at the status"),
    "read_audit": N_("looked into the audit"),
    "attend_session": N_("said something about a session"),
    "run_session": N_("ran a session"),
    "steer_calendar": N_("changed the calendar"),
    "write_input": N_("worked on a written input"),
    "call_inputs": N_("looked after a call for written inputs"),
    "read_inputs": N_("read written inputs"),
    "publish_input": N_("noted where a written input is published"),
    "load_calendar": N_("loaded a calendar"),
    "open_cycle": N_("opened a cycle"),
    "taking_part": N_("said whether the country takes part"),
    "press": N_("pressed a key that cannot be read"),
    "erase": N_("erased their own data"),
    "connect_group": N_("connected a group of supporters, or ended it"),
    "pause": N_("held letters to many back"),
    "resume": N_("let letters to many go out again"),
}
_BY_OUTCOME: Final = {
    ("reopen", "done"): N_("opened a submitted review again"),
    ("reopen", "reopened"): N_("opened a submitted review again"),
    ("reopen", "returned"): N_("returned a review with remarks"),
    ("reopen", "accepted"): N_("accepted a review"),
    ("reopen", "refused"): N_("left a submitted review closed"),
    ("freeze_draft", "withdrawn"): N_("took a frozen text back"),
    ("freeze_draft", "reopening_asked"): N_("asked for a review to be opened again"),
    ("clear", "clear"): N_("cleared a frozen text"),
    ("clear", "ask_changes"): N_("asked for changes to a frozen text"),
    ("give_consent", "given"): N_("gave consent"),
    ("give_consent", "revoked"): N_("revoked consent"),
    **{
        ("evidence", reason): N_("sent a file that could not be kept beside an answer")
        for reason in get_args(FileRefusal)
    },
    ("steer_calendar", "handed_over"): N_("noted that something was handed over"),
    ("steer_calendar", "hand_over_taken_back"): N_("took back that something was handed over"),
    ("write_input", "sent"): N_("sent a written input"),
    ("write_input", "consent"): N_("changed the consent to a written input"),
    ("write_input", "withdrawn"): N_("withdrew a written input"),
    ("write_input", "removal_asked"): N_("asked to have a written input taken down"),
    ("call_inputs", "opened"): N_("opened a call for written inputs"),
    ("call_inputs", "ended"): N_("ended a call for written inputs"),
    ("read_inputs", "exported"): N_("took the written inputs along as a table"),
    ("publish_input", "taken_back"): N_("noted that a written input is not published any more"),
    ("announce", "begun"): N_("began an announcement"),
    ("announce", "corrects"): N_("began the correction of an announcement"),
    ("announce", "sent"): N_("sent an announcement"),
    ("announce", "scheduled"): N_("set the time of an announcement"),
    ("announce", "discarded"): N_("dropped an announcement"),
    ("announce", "withdrawn"): N_("took an announcement back"),
}
"""What one act is called by the first word of what came of it."""
_OUTCOMES: Final = {
    "denied": N_("⛔ refused: no right to it"),
    "unknown": N_("there was nothing of that name"),
    "stale": N_("it was no longer valid"),
    "not_lead": N_("not as the lead focal point"),
    "not_sent": N_("it was not sent"),
}
_THINGS: Final = {
    "edition": N_("Frozen text {number}"),
    "announcement": N_("Announcement {number}"),
    "request": N_("Request {number}"),
    "input": N_("Written input no. {number}"),
    "call": N_("Call {number}"),
}


def audit(notice: AuditView, voice: Voice) -> Message:
    """A page of the audit with keys to the older lines and back to the newest."""
    about = voice.country_name(notice.country) if notice.country else voice.gettext("all countries")
    text = [
        bold(voice.gettext("Audit: {country}", country=about)),
        *(lines([plain(entry_line(entry, voice))]) for entry in notice.entries),
        NOTHING if notice.entries else italic(voice.gettext("Nothing has been noted here yet.")),
    ]
    pages: list[Button] = []
    if notice.older:
        pages.append(button(voice.gettext("Older"), Did("audit", f"{notice.country}.{notice.older}")))
    if not notice.is_newest:
        pages.append(button(voice.gettext("Newest"), Did("audit", notice.country)))
    rows = [
        pages,
        [button(voice.gettext("All countries"), Did("audit"))] if notice.country else [],
        [button(keyboards.backward(voice, voice.gettext("Status")), Did("status"))],
    ]
    return message(text, rows)


def entry_line(entry: AuditEntry, voice: Voice) -> Spoken:
    """When, who, what, where, and what came of it, on one line."""
    who: Spoken | str = entry.name
    if not entry.name:
        who = voice.gettext("somebody whose data were erased") if entry.known else voice.gettext("the system")
        who = voice.gettext("a stakeholder") if entry.unnamed else who
    parts = [voice.moment(entry.at), voice.gettext("{who}: {act}", who=who, act=_act(entry, voice))]
    kind, _, number = entry.thing.partition("/")
    number = number.partition("/")[0]
    if kind in _THINGS and number.isdecimal():
        parts.append(voice.gettext(_THINGS[kind], number=int(number)))
    if entry.event is not None:
        parts.append(voice.of_calendar(entry.event))
    if entry.country:
        parts.append(_country(entry.country, voice))
    if entry.outcome in _OUTCOMES:
        parts.append(voice.gettext(_OUTCOMES[entry.outcome]))
    return voice.joined(parts)


def _act(entry: AuditEntry, voice: Voice) -> Spoken:
    words = _BY_OUTCOME.get((entry.act, entry.outcome.partition(" ")[0])) or _ACTS.get(entry.act)
    return voice.gettext(words) if words else voice.typed(entry.act)


def _country(code: str, voice: Voice) -> Spoken:
    try:
        return voice.country_name(code)
    except KeyError:  # what was typed is in the audit, whatever it was
        return voice.typed(code)


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {AuditView: audit}
