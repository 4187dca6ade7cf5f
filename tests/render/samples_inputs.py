"""Samples of written inputs, in the forms that look different, with something typed in every place for it."""

from datetime import date
from typing import get_args

from workflows.languages import LANGUAGES, Text
from workflows.notices import Notice
from workflows.notices.inputs import (
    CONSENTS,
    STEPS,
    CategoryLine,
    InputAsk,
    InputClosed,
    InputDoor,
    InputHome,
    InputNews,
    InputSent,
    InputState,
    OwnInput,
    SentNews,
)
from workflows.notices.inputs_desk import (
    CallLine,
    DeadlineLine,
    InputCallAsk,
    InputCallEnd,
    InputCallMade,
    InputDesk,
    InputList,
    InputNewsCode,
    InputRead,
    InputsTable,
    ListedInput,
    TableRow,
)
from workflows.notices.inputs_desk import InputNews as DeskNews
from workflows.when import Exact, Unstated

MOMENT = "2026-06-25T08:00:00+00:00"
NEWS: tuple[InputNews, ...] = get_args(InputNews)
SENT_NEWS: tuple[SentNews, ...] = get_args(SentNews)
NAME = Text(ar="النقابات العمالية", en="Trade unions", fr="Syndicats")
TITLE = Text(ar="الموعد النهائي", en="Deadline for written inputs", fr="Date limite")
DAY = Exact(first=date(2026, 7, 1), last=date(2026, 7, 1))
TOKEN = "A" * 43
ADDRESS = "https://example.org/inputs/7"


def of_the_inputs(typed: str) -> list[Notice]:
    """Everything of both modules."""
    lines = (
        CategoryLine(id="trade_unions", name=NAME, sent=12, published=3),
        CategoryLine(id="academia", name=NAME),
    )
    return [*_to_writers(lines, typed), *_to_officers(lines, typed)]


def _to_writers(lines: tuple[CategoryLine, ...], typed: str) -> list[Notice]:
    ask = InputAsk(
        id=7,
        step="check",
        category=lines[0],
        categories=lines,
        name=typed,
        text=typed,
        words=2,
        consents=CONSENTS,
    )
    sent = InputSent(
        id=7,
        state="sent",
        category=lines[0],
        name=typed,
        text=typed,
        consent="named",
        sent_at=MOMENT,
        published_at=MOMENT,
        address=ADDRESS,
        more=True,
    )
    own = tuple(
        OwnInput(id=at, state=state, at=MOMENT, begins=typed[:80])
        for at, state in enumerate(get_args(InputState), start=1)
    )
    return [
        *(
            InputDoor(token=TOKEN, spoken=each, cycle=TITLE, category=lines[0], closes=DAY)
            for each in LANGUAGES
        ),
        InputDoor(token=TOKEN, spoken="ar"),
        *(InputClosed(code=code) for code in ("closed", "takes_part", "ended")),
        *(ask.model_copy(update={"step": step}) for step in STEPS),
        *(ask.model_copy(update={"news": news}) for news in NEWS),
        *(ask.model_copy(update={"consent": consent}) for consent in CONSENTS),
        ask.model_copy(update={"personal": (typed[:60],), "edition": 3}),
        ask.model_copy(update={"step": "text", "text": "", "name": ""}),
        ask.model_copy(update={"step": "text", "news": "anew"}),
        ask.model_copy(update={"open": False}),
        *(sent.model_copy(update={"news": news}) for news in SENT_NEWS),
        *(sent.model_copy(update={"state": state, "name": ""}) for state in ("published", "withdrawn")),
        sent.model_copy(update={"state": "published", "asked": True}),
        sent.model_copy(update={"state": "withdrawn", "sent_at": ""}),
        sent.model_copy(update={"news": "sure", "sent_at": ""}),
        InputHome(inputs=own, more=True),
        InputHome(inputs=own, unsaved=True),
    ]


def _to_officers(lines: tuple[CategoryLine, ...], typed: str) -> list[Notice]:
    call = CallLine(id=2, at=MOMENT, category=NAME, milestone=TITLE, closes=DAY)
    each = ListedInput(
        id=7,
        at=MOMENT,
        state="sent",
        consent="named",
        category=NAME,
        name=typed,
        begins=typed[:90],
        asked=True,
    )
    alone = each.model_copy(update={"id": 8, "name": "", "consent": "secretariat"})
    gone = each.model_copy(
        update={"id": 9, "name": "", "begins": "", "state": "published", "forgotten": True}
    )
    read = InputRead(input=each, text=typed, language="fr")
    row = TableRow(input=each, text=typed, language="ar", published_at=MOMENT, address=ADDRESS)
    bare = TableRow(input=gone, text="", language="")
    deadlines = (DeadlineLine(id="submission", title=TITLE, when=Unstated()),)
    return [
        InputDesk(
            categories=lines,
            calls=(call, call.model_copy(update={"id": 4, "over": True}), CallLine(id=3, at=MOMENT)),
        ),
        InputDesk(categories=lines[1:]),
        InputCallAsk(categories=lines),
        InputCallAsk(chosen="trade_unions", category=lines[0], deadlines=deadlines),
        InputCallAsk(chosen="any"),
        InputCallMade(link="https://t.me/rafiq_bot?start=abc_DEF-123", call=call),
        *(
            InputCallEnd(call=call, waiting=many, ended=ended)
            for many in (0, 1, 3)
            for ended in (True, False)
        ),
        InputList(category=lines[0], inputs=(each, alone, gone), total=20, page=1, last=2),
        InputList(),
        *(read.model_copy(update={"news": news}) for news in ("", "address", "not_address", "not_agreed")),
        *(
            read.model_copy(update={"news": news, "address": ADDRESS, "published_at": MOMENT})
            for news in ("published", "unpublished", "already")
        ),
        *(DeskNews(code=code, id=7) for code in get_args(InputNewsCode)),
        *(
            InputsTable(cycle="round-1", at=MOMENT, public=public, rows=(row, bare), categories=lines)
            for public in (True, False)
        ),
    ]
