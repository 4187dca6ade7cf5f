"""The code written on a button, read back and checked: what a press may mean is a closed grammar in 64 ASCII bytes."""

import re
from functools import lru_cache
from typing import cast, get_args

from workflows.immutable import Immutable
from workflows.notices.assessment import MARKS
from workflows.notices.inputs import CONSENTS
from workflows.people.requests import KINDS
from workflows.people.roles import OFFICES
from workflows.reference.terms import PARTS
from workflows.review.events import Act, Pressed, WentTo

LIMIT = 64


class Did(Immutable):
    """A button that stands for a command, with what it was pressed for."""

    verb: str
    arg: str = ""


class Forged(Immutable):
    """Bytes that no button of ours carries."""

    data: str


Written = Pressed | WentTo | Did

_TURN = r"0|[1-9][0-9]{0,8}"
_IS_TURN = re.compile(_TURN)
_NUMBER = r"(?:0|[1-9][0-9]{0,4})"
_PLACE = r"[a-z0-9_.]{1,16}"
_OPTION = r"[a-z0-9_]{1,25}"
_FIELD = r"[a-z0-9_]{1,20}"
_NOTHING = r""
_SESSION = r"[a-z][a-z0-9_]{0,23}"
_ID = r"[1-9][0-9]{0,11}"
_SUPPORT = "|".join(KINDS)
_OFFICE = "|".join(OFFICES)
_SECTION = r"[a-z0-9_.]{1,24}"
_SIGHT = "[0-9a-f]{8}"
_MARK = "|".join(MARKS)
_PART = "|".join(PARTS)
_LINK = r"[A-Za-z0-9_-]{43}"
_CONSENT = "|".join(CONSENTS)

_ARGUMENTS: dict[str, str] = {
    "option": _OPTION,
    "tick": _OPTION,
    "untick": _OPTION,
    "row": _OPTION,
    "status": f"{_OPTION}:{_OPTION}",
    "page": _NUMBER,
    "menu": "main|other|adapt|clear",
    "state": "not_applicable|declined|not_known",
    "record": _NUMBER,
    "remove": _NUMBER,
    "removed": _NUMBER,
    "join": _NUMBER,
    "field": f"{_NUMBER}:{_FIELD}",
    "blank": f"{_NUMBER}:{_FIELD}",
    "value": f"{_NUMBER}:{_FIELD}:[+-]?{_OPTION}",
    "place": _PLACE,
    "restore": f"(?:{_PLACE})?",
}
_PRESSED = {act: re.compile(_ARGUMENTS.get(act, _NOTHING)) for act in get_args(Act)}

_WENT_TO = re.compile(f"hub|continue|held|section:[a-z0-9_.]{{1,24}}|(?:question|prompt):{_PLACE}")

_DID = {
    "language": re.compile("ar|en|fr"),
    "digits": re.compile("auto|latn|arab"),
    "clock": re.compile("24|12"),
    "erase": re.compile(f"(?:(?:{_TURN})[.](?:yes|no))?"),
    "invite": re.compile("(?:secretariat|(?:focal_point|contributor)[.][A-Z]{2})?"),
    "documents": re.compile(r"(?:[a-z0-9_]{1,24})?"),
    "template": re.compile("ar|en|fr"),
    "glossary": re.compile(f"(?:(?:{_PART})[.]{_NUMBER})?"),
    "calendar": re.compile("(?:0|-?[1-9][0-9]?)?"),
    "hijri": re.compile("on|off"),
    "event": re.compile(_SESSION),
    "ics": re.compile(f"(?:{_SESSION})?"),
    "agenda": re.compile(f"(?:{_SESSION}(?:[.]again)?)?"),
    "taking_part": re.compile("(?:yes|no)?"),
    "schedule": re.compile(f"(?:{_SESSION})?"),
    "schedule_page": re.compile(_NUMBER),
    "hand_over": re.compile(f"{_SESSION}[.](?:done|told|day|undo(?:[.][0-9]{{8}})?)"),
    "reschedule": re.compile(
        f"{_SESSION}[.](?:date|place|country|open|online|in_person|hybrid|take_back|end[.][A-Z]{{2}})"
    ),
    "proposal": re.compile(f"{_ID}[.][0-9]"),
    "move": re.compile(f"{_ID}[.](?:do|not)"),
    "audit": re.compile(f"(?:[A-Z]{{2}})?(?:[.]{_ID})?"),
    "call": re.compile(f"(?:go_)?(?:ar|en|fr)[.]{_LINK}"),
    "input": re.compile(
        f"(?:new|{_ID}(?:[.](?:category(?:[.]{_OPTION})?|(?:send|careful)[.]{_NUMBER}|agree(?:_(?:{_CONSENT}))?"
        f"|{_CONSENT}|name|no_name|text|anew|consent|withdraw|withdraw_yes|take_down|whole))?)?"
    ),
    "inputs": re.compile(f"(?:call(?:[.]{_OPTION}(?:[.]{_SESSION})?)?|end(?:_yes)?[.]{_ID}|table|public)?"),
    "input_list": re.compile(f"{_OPTION}[.]{_NUMBER}"),
    "input_read": re.compile(_ID),
    "input_publish": re.compile(f"{_ID}(?:[.]back)?"),
    "status": re.compile(f"(?:{_NUMBER})?"),
    "status_list": re.compile(f"(?:all|no_focal_point|not_begun|stuck|submitted)(?:[.]{_NUMBER})?"),
    "status_file": re.compile("xlsx|csv"),
    "status_notes": re.compile("(?:(?:morning|digest)[.](?:on|off))?"),
    "country": re.compile(f"(?:[A-Z]{{2}}|{_NUMBER})?"),
    **dict.fromkeys(("contradiction", "keep_all"), re.compile("[a-z0-9_]{1,24}")),
    "submit": re.compile(f"(?:look|{_ID}(?:[.][0-9a-f]{{8}})?)?"),
    "clearing": re.compile("(?:[A-Z]{2}|(?:[A-Z]{2}[.])?(?:steps[.][012](?:[.]yes)?|invite[.][12]))?"),
    "editions": re.compile(f"(?:{_ID}(?:[.]pdf)?)?"),
    "own_draft": re.compile("(?:pdf)?"),
    "clear": re.compile(f"{_ID}(?:[.]yes)?"),
    **dict.fromkeys(("recall", "keep_closed"), re.compile(_ID)),
    "ask_changes": re.compile(f"{_ID}(?:[.](?:yes|not))?"),
    "ask_reopen": re.compile(f"{_ID}(?:[.]yes)?"),
    "reopen": re.compile(f"{_ID}(?:[.]sure)?"),
    "freeze": re.compile(f"(?:(?:shown|left_out)(?:[.]{_SIGHT})?)?"),
    "replace": re.compile("[1-9][0-9]{0,17}|[A-Z]{2}"),
    "announce_to": re.compile(f"(?:0|{_ID})[.][a-z_]{{1,20}}"),
    "announce_whom": re.compile(f"0|{_ID}"),
    **dict.fromkeys(
        ("announce_in", "announce_anew", "announce_without"), re.compile(f"{_ID}[.](?:ar|en|fr)")
    ),
    "announce_move": re.compile(f"{_ID}[.](?:ar|en|fr)[.](?:ar|en|fr)[.]{_ID}"),
    "announce_ready": re.compile(f"{_ID}[.](?:on|off)"),
    "announce_template": re.compile(f"{_ID}[.](?:on|off)"),
    "announce_send": re.compile(f"{_ID}[.](?:now|once)"),
    "announce_at": re.compile(f"{_ID}[.][1-9][0-9]{{7}}"),
    "announcement": re.compile(f"{_ID}(?:[.](?:card|details|picture))?"),
    **dict.fromkeys(
        ("announce_meant", "announce_draft", "announce_when", "announce_drop", "announce_back"),
        re.compile(_ID),
    ),
    **dict.fromkeys(("announce_wrong", "announce_correct", "told_to"), re.compile(_ID)),
    "told": re.compile("(?:[A-Z]{2})?"),
    "people": re.compile("(?:[A-Z]{2}|missing)?"),
    "person": re.compile(f"{_ID}(?:[.]card)?"),
    "end_place": re.compile(f"{_ID}(?:[.](?:yes|no))?"),
    **dict.fromkeys(("lead", "renew", "close_link"), re.compile(_ID)),
    "claim": re.compile(f"{_ID}[.](?:show|beside|refused|{_ID})"),
    "share": re.compile(f"(?:card|(?:on|off)[.]{_SECTION}|(?:sure|rest)[.]{_SECTION}(?::{_SIGHT})?)?"),
    "consent": re.compile(f"(?:{_ID})?"),
    "consent_section": re.compile(f"{_ID}[.]{_SECTION}[.]{_NUMBER}"),
    "agree": re.compile(
        f"{_ID}[.](?:publish|quote)[.](?:yes|sure|rest|no)[.]{_NUMBER}[.]{_SECTION}:{_PLACE}"
    ),
    "review": re.compile("(?:[A-Z]{2}(?:[.]card)?)?"),
    "read": re.compile(f"[A-Z]{{2}}[.][sd][.]{_SECTION}[.]{_NUMBER}"),
    "review_file": re.compile("[A-Z]{2}"),
    "review_answer": re.compile(f"{_ID}[.]{_PLACE}"),
    "remark": re.compile(f"(?:comment|wording)[.]{_ID}[.]{_PLACE}"),
    "remarks": re.compile(f"(?:[A-Z]{{2}})?(?:[.]{_NUMBER})?"),
    **dict.fromkeys(("review_return", "review_accept"), re.compile(f"{_ID}(?:[.]sure)?")),
    "remark_accept": re.compile(f"{_ID}(?:[.]sure(?:[.]{_NUMBER})?)?"),
    **dict.fromkeys(
        ("remark_card", "remark_drop", "remark_edit", "remark_explain", "review_reopen"), re.compile(_ID)
    ),
    "colleague": re.compile(_ID),
    "scope": re.compile("(?:[a-z0-9_.]{1,24})?"),
    "invite_for": re.compile("[a-z0-9_.]{1,24}"),
    "withdraw_colleague": re.compile(f"{_ID}(?::yes)?"),
    "revoke_link": re.compile(_ID),
    "beside": re.compile(f"{_PLACE}(?::{_ID})?"),
    "take_text": re.compile(f"(?:instead|below|choose|copy):{_ID}:{_NUMBER}:{_NUMBER}:{_PLACE}"),
    "pick_text": re.compile(f"(?:pick|take):{_ID}:{_NUMBER}:{_NUMBER}:[0-9a-f]{{1,6}}:{_PLACE}"),
    "tagged": re.compile(f"(?:{_OPTION}(?:[.]{_NUMBER})?)?"),
    "earlier": re.compile(_PLACE),
    "take_earlier": re.compile(f"{_ID}:{_PLACE}"),
    "earlier_review": re.compile("(?:pdf)?"),
    "received": re.compile(_PLACE),
    "received_add": re.compile(f"{_ID}:{_NUMBER}:{_PLACE}"),
    "history": re.compile(f"{_PLACE}(?::{_NUMBER})?"),
    **dict.fromkeys(("notes", "note", "files"), re.compile(_PLACE)),
    "note_remove": re.compile(_ID),
    "consultations": re.compile(f"(?:{_NUMBER})?"),
    "consult_as": re.compile(f"(?:{_OPTION})?"),
    "consult": re.compile(f"{_ID}(?::(?:day|subject|ask|remove))?"),
    "consult_line": re.compile(f"{_ID}(?::{_NUMBER})?:{_PLACE}"),
    "assess": re.compile(f"(?:{_OPTION}(?:[.](?:{_MARK}|none|no_note)[.][0-9]{{1,9}})?)?"),
    "assess_support": re.compile(f"principle[.]{_OPTION}|section[.]{_SECTION}"),
    "file": re.compile(f"{_ID}(?::(?:ask|remove))?"),
    "filled": re.compile(f"{_ID}(?::(?:open|astray|end))?"),
    "filled_text": re.compile(f"{_ID}:{_NUMBER}(?::{_PLACE})?"),
    "filled_take": re.compile(f"{_ID}:{_NUMBER}:{_NUMBER}:(?:instead|below):{_PLACE}"),
    "filled_evidence": re.compile(f"{_ID}:{_PLACE}"),
    "version": re.compile(f"{_PLACE}:{_NUMBER}"),
    "bring_back": re.compile(f"{_PLACE}:{_NUMBER}:{_NUMBER}"),
    "ask": re.compile(f"(?:{_PLACE})?"),
    "ask_kind": re.compile(f"(?:{_SUPPORT})(?:[.]{_PLACE})?"),
    "ask_send": re.compile(f"{_ID}[.](?:{_SUPPORT})"),
    "is_answer": re.compile(_ID),
    "ask_term": re.compile(f"{_ID}[.][a-z][a-z0-9_]{{0,31}}"),
    "ask_entry": re.compile(f"{_ID}[.][a-z][a-z0-9_]{{0,31}}"),
    "requests": re.compile(f"(?:(?:[A-Z]{{2}}|all)(?:[.]{_NUMBER})?)?"),
    "request_pass": re.compile(f"{_ID}(?:[.](?:{_OFFICE}))?"),
    "supporters": re.compile(f"(?:{_OFFICE})?"),
    "supporter_link": re.compile(f"(?:{_OFFICE})[.](?:[A-Z]{{2}}|all)"),
    **dict.fromkeys(
        (
            "ask_person",
            "ask_fits",
            "ask_attach",
            "my_request",
            "request_more",
            "request_done",
            "request_again",
            "request",
            "request_take",
            "request_answer",
            "request_close",
            "request_list",
            "question_list",
            "answered",
            "answer_withdraw",
        ),
        re.compile(_ID),
    ),
    **dict.fromkeys(("my_requests", "answers", "support_offers"), re.compile(f"(?:{_NUMBER})?")),
    "offer_take": re.compile(f"{_ID}[.]{_NUMBER}"),
    **dict.fromkeys(
        (
            "ask_session",
            "attend_why",
            "offer",
            "step",
            "support",
            "material",
            "points_file",
            "attendance_file",
        ),
        re.compile(_SESSION),
    ),
    **dict.fromkeys(("take_up", "step_done", "reply", "park"), re.compile(f"{_ID}(?:[.]{_NUMBER})?")),
    **dict.fromkeys(
        ("questions", "offers", "steps", "attendance", "evaluation", "points"),
        re.compile(f"{_SESSION}(?:[.]{_NUMBER})?"),
    ),
    "attend": re.compile(f"{_SESSION}(?:[.](?:card|in_person|office|remote|support|coming|away))?"),
    "presents": re.compile(f"{_SESSION}[.](?:yes|no)"),
    "evaluate": re.compile(f"{_SESSION}(?:[.](?:usefulness|pace|clarity)[.][1-5])?"),
    "workshop": re.compile(f"(?:{_SESSION}(?:[.]card)?)?"),
    "groups": re.compile(f"{_SESSION}(?:[.]balance|[.][A-Z]{{2}}[.][1-9])?"),
    "hosting": re.compile(f"{_SESSION}(?:[.][A-Z]{{2}}[.](?:open|closed))?"),
    "presenters": re.compile(f"{_SESSION}(?:[.][A-Z]{{2}}[.][1-9][0-9]?)?"),
    "point_add": re.compile(f"{_SESSION}[.][0-9]"),
    "point": re.compile(f"{_ID}(?:[.](?:said|good_practice|tool|remove))?"),
    "points_go": re.compile(f"{_SESSION}[.](?:on|off)"),
    "floor": re.compile(f"{_SESSION}[.](?:ask|back|card)"),
    "speakers": re.compile(f"{_SESSION}(?:[.]card)?"),
    "speaker": re.compile(f"{_ID}[.](?:give|done|remove|[1-9][0-9]?)"),
    "attended": re.compile(f"{_SESSION}[.]{_ID}[.](?:yes|no)[.]{_NUMBER}"),
    "due": re.compile(f"{_ID}[.](?:none|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"),
    "snooze": re.compile("(?:tomorrow|week_start|in_a_week)(?:[.][0-9]{8})?|off"),
    "why": re.compile("[0-9]{8}"),
    "reminders": re.compile(f"(?:(?:coming|came)[.]{_NUMBER})?"),
    "remind_at": re.compile("(?:[89]|1[0-8]|usual)?"),
    "pause": re.compile("on|off"),
    "reminder_log": re.compile(f"(?:[A-Z]{{2}}(?:[.]{_NUMBER})?)?"),
    **{
        verb: re.compile(_NOTHING)
        for verb in (
            "assess_areas",
            "assess_outline",
            "colleagues",
            "continue",
            "sections",
            "help",
            "privacy",
            "settings",
            "languages",
            "mydata",
            "progress",
            "changes",
            "announce",
            "reviews_table",
        )
    },
}


def write(meaning: Written) -> str:
    """The callback data of a button. Raises ValueError where `read` would not give the same meaning back."""
    if isinstance(meaning, Pressed) and meaning.turn >= 0:
        turn = str(meaning.turn)
        return turn + _after_turn(meaning.act, meaning.arg, len(turn))
    return _proved(meaning)


@lru_cache(maxsize=4096)
def _after_turn(act: Act, arg: str, digits: int) -> str:
    """What follows a turn of so many digits; the same on every card, so that it is proved once."""
    return _proved(Pressed(10 ** (digits - 1), act, arg))[digits:]


@lru_cache(maxsize=4096)
def _proved(meaning: Written) -> str:
    match meaning:
        case Pressed(turn, act, arg):
            data = ".".join((str(turn), act, *filter(None, [arg])))
        case WentTo(place):
            data = f"go.{place}"
        case Did(verb, arg):
            data = ".".join(("do", verb, *filter(None, [arg])))
    if read(data) != meaning:
        raise ValueError(
            f"no button can say {meaning!r}: ids or length ({len(data)} of {LIMIT} bytes) do not fit"
        )
    return data


@lru_cache(maxsize=4096)
def read(data: str) -> Written | Forged:
    """What a press means. Nothing is trusted: whatever `write` would not have written is `Forged`.

    Every room looks at a press until one knows it; it is read once.
    """
    if len(data) > LIMIT or not data.isascii():
        return Forged(data)
    head, _, rest = data.partition(".")
    if head == "go":
        return WentTo(rest) if _WENT_TO.fullmatch(rest) else Forged(data)
    name, dot, arg = rest.partition(".")
    if dot and not arg:
        return Forged(data)
    if head == "do":
        return Did(name, arg) if name in _DID and _DID[name].fullmatch(arg) else Forged(data)
    if _IS_TURN.fullmatch(head) and name in _PRESSED and _PRESSED[name].fullmatch(arg):
        return Pressed(int(head), cast("Act", name), arg)
    return Forged(data)
