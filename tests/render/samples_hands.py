"""Samples of what is said where several people work on one review, with something typed in every place for it."""

import base64
from typing import get_args

from workflows.notices import Colleagues, Given, Line, Notice, TwoTexts
from workflows.notices.hands import (
    AskNote,
    BesideText,
    Colleague,
    ColleagueCard,
    ColleagueWrote,
    ConsultationAsk,
    ConsultationCard,
    ConsultationLine,
    ConsultationsView,
    CopyText,
    FileKept,
    FileLine,
    FileRefusal,
    FileRefused,
    FileRemoveAsk,
    FileSent,
    FilesView,
    FileTaken,
    HistoryView,
    InviteScope,
    LineOffered,
    NoteLine,
    NotesView,
    OpenLink,
    PlaceEnded,
    TakenOver,
    TextUsed,
    VersionLine,
    VersionView,
    WithdrawAsk,
    Withdrawn,
)

MOMENT = "2026-06-25T08:00:00+00:00"
TEXT, LIST, MATRIX, MANY = "1f.2", "2c.1", "3d.2", "3a.1"


def of_hands(typed: str) -> list[Notice]:
    """Everything of the hands' module, in the forms that look different."""
    return [
        *_team(typed),
        *_beside(typed),
        *_meeting(typed),
        *_versions(typed),
        *_notes(typed),
        *_consultations(typed),
        *_files(typed),
    ]


def given(typed: str) -> dict[str, Given]:
    """An answer of each kind."""
    return {
        TEXT: Given(state="answered", text=f"{typed}\n{typed}"),
        LIST: Given(state="answered", records=({"title": typed, "date": "2019-06"}, {"title": typed})),
        MATRIX: Given(state="answered", cells={"1": "planned"}),
        MANY: Given(state="answered", chosen=("1", "2"), other=typed),
    }


def _team(typed: str) -> list[Notice]:
    contributor = Colleague(place=12, name=typed, role="contributor", scope="1f", written=3)
    people = (
        Colleague(place=11, name=typed, role="focal_point", lead=True),
        contributor,
        Colleague(place=13, name=typed, role="contributor", scope="means", written=0),
        Colleague(place=14, name=typed, role="clearer", scope="1"),
    )
    links = (
        OpenLink(id=5, role="contributor", scope="", expires=MOMENT),
        OpenLink(id=6, role="clearer", scope="1", expires=MOMENT),
    )
    return [
        Colleagues(country="JO", people=people, links=links),
        Colleagues(country="JO", people=people[:1]),
        ColleagueCard(
            colleague=contributor, texts=(Line(id=TEXT, text="", detail="123"),), may_withdraw=True
        ),
        ColleagueCard(colleague=people[0]),
        ColleagueWrote(name=typed, place=12, prompt=TEXT),
        InviteScope(country="JO"),
        InviteScope(country="JO", section="methodology"),
        WithdrawAsk(place=12, name=typed),
        Withdrawn(name=typed),
        PlaceEnded(country="JO"),
    ]


def _beside(typed: str) -> list[Notice]:
    texts = [
        BesideText(
            prompt=prompt, place=12, name=typed, at=MOMENT, number=3, official=2, given=found, present=present
        )
        for prompt, found in given(typed).items()
        for present in (Given(), found)
    ]
    last = texts[0].model_copy(
        update={"used": True, "ended": True, "position": 2, "total": 3, "before": 11, "after": 13}
    )
    return [
        *texts,
        last,
        texts[1].model_copy(update={"changed": True, "name": "", "at": ""}),
        texts[1].model_copy(update={"picked": 0}),
        texts[1].model_copy(update={"picked": 3}),
        CopyText(prompt=TEXT, name=typed, text=typed),
        TakenOver(prompt=TEXT, name=typed),
        TextUsed(prompt=TEXT, name=typed),
        TextUsed(prompt=TEXT, name=typed, whole=False),
    ]


def _meeting(typed: str) -> list[Notice]:
    return [
        TwoTexts(turn=17, prompt=TEXT, name=typed, theirs=typed, mine=typed, both=True),
        TwoTexts(turn=17, prompt=LIST, field="title", theirs=typed, mine=typed),
        TwoTexts(turn=17, prompt=TEXT, name=typed, theirs=typed, mine=typed, both=True, later=1),
        TwoTexts(turn=17, question="2c", theirs=typed, mine=typed),
    ]


def _versions(typed: str) -> list[Notice]:
    lines = (
        VersionLine(number=3, by=typed, at=MOMENT, words=12, state="answered", colleague=typed),
        VersionLine(number=2, by="", at=MOMENT, words=0, state="open"),
        VersionLine(number=1, by=typed, at=MOMENT, words=0, state="not_applicable", restored=1),
    )
    found = given(typed)
    return [
        HistoryView(prompt=TEXT, lines=lines),
        HistoryView(
            prompt=TEXT,
            lines=tuple(lines[0].model_copy(update={"number": at}) for at in range(24, 0, -1)),
            page=1,
        ),
        *(
            VersionView(prompt=prompt, line=lines[0], newest=4, before=Given(), after=after)
            for prompt, after in found.items()
        ),
        VersionView(
            prompt=TEXT,
            line=lines[2],
            newest=3,
            before=found[TEXT],
            after=Given(state="answered", text=f"{typed} {typed} {typed}"),
        ),
        VersionView(prompt=TEXT, line=lines[1], newest=3, before=found[TEXT], after=Given(state="declined")),
    ]


def _notes(typed: str) -> list[Notice]:
    lines = (
        NoteLine(id=4, by=typed, at=MOMENT, text=typed, own=True),
        NoteLine(id=5, by="", at=MOMENT, text=typed),
    )
    return [NotesView(question="1f", lines=lines), NotesView(question="1f"), AskNote(question="1f")]


def _consultations(typed: str) -> list[Notice]:
    line = ConsultationLine(id=9, day="2026-05-12", category="civil_society", with_whom=typed, subject=typed)
    bare = line.model_copy(update={"id": 10, "day": "", "subject": "", "category": "gone"})
    many = tuple(line.model_copy(update={"id": number}) for number in range(1, 21))
    return [
        ConsultationsView(country="JO", lines=(line, bare)),
        ConsultationsView(country="JO", lines=many, page=1),
        ConsultationsView(country="JO"),
        ConsultationAsk(step="category"),
        ConsultationAsk(step="with_whom", category="academia"),
        ConsultationAsk(step="day", id=9),
        ConsultationAsk(step="day", id=9, given=typed, problem="date_unclear"),
        ConsultationAsk(step="day", id=9, given=typed, problem="date_ambiguous"),
        ConsultationAsk(step="subject", id=9),
        ConsultationCard(line=line, fits=("1e.2", "2a.3")),
        ConsultationCard(line=bare, confirm_removal=True),
        LineOffered(id=9, prompt="1e.2", official=3, line=line),
    ]


def _files(typed: str) -> list[Notice]:
    lines = (
        FileLine(id=7, name=typed, size=2_400_000, by=typed, at=MOMENT, state="kept", own=True),
        FileLine(id=8, name=typed, size=300, by="", at=MOMENT, state="waiting"),
    )
    return [
        FilesView(question="1f", lines=lines),
        FilesView(question="1f"),
        FileTaken(question="1f", name=typed),
        FileKept(id=7, question="1f", name=typed, size=123_456),
        FileKept(id=7, question="1f", name=typed, size=123_456, has_text=True),
        *(FileRefused(code=code, name=typed, limit=10 * 2**20) for code in get_args(FileRefusal)),
        FileSent(name="law.pdf", content=base64.b64encode(b"%PDF-").decode(), question="1f"),
        FileRemoveAsk(line=lines[0], question="1f"),
    ]
