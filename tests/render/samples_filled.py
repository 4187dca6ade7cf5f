"""Samples of what is said of a document that was filled in outside the chat."""

from typing import get_args

from tests.render.samples_hands import LIST, MANY, TEXT, given
from workflows.notices import Notice
from workflows.notices.filled import (
    FilledAstray,
    FilledEnded,
    FilledLine,
    FilledNone,
    FilledStanding,
    FilledTaken,
    FilledText,
    FilledView,
)
from workflows.notices.hands import FileTaken, Given, HistoryView, VersionLine

MOMENT = "2026-06-25T08:00:00+00:00"


def of_filled_documents(typed: str) -> list[Notice]:
    """Everything of the module, in the forms that look different."""
    standings = get_args(FilledStanding)
    lines = tuple(
        FilledLine(number=number, prompt=TEXT, standing=each, begins=typed)
        for number, each in enumerate(standings, start=1)
    )
    view = FilledView(file=7, name=typed, lines=lines, same=3, astray=2, beside=1, question="1f")
    passage = FilledText(
        file=7,
        name=typed,
        number=2,
        prompt=TEXT,
        standing="differs",
        is_sure=True,
        given=given(typed)[TEXT],
        present=Given(state="answered", text=f"{typed} {typed}"),
        version=3,
        position=2,
        total=5,
        before=1,
        after=3,
        room_below=True,
    )
    begun = VersionLine(number=1, by=typed, at=MOMENT, words=12, state="answered", is_of_a_file=True)
    return [
        view,
        view.model_copy(update={"locked": True, "question": "", "same": 1, "astray": 1}),
        view.model_copy(
            update={
                "lines": (FilledLine(number=1, prompt=MANY, standing="open", begins=typed, is_sure=False),)
            }
        ),
        FilledView(file=7, name=typed),
        *(passage.model_copy(update={"standing": each}) for each in standings),
        *(
            passage.model_copy(update={"prompt": prompt, "given": found, "present": Given()})
            for prompt, found in given(typed).items()
        ),
        passage.model_copy(update={"is_sure": False, "others": (LIST, MANY), "changed": True, "before": 0}),
        passage.model_copy(update={"left": (typed,), "locked": True, "after": 0, "standing": "open"}),
        passage.model_copy(update={"standing": "unread", "given": Given(), "text": typed}),
        passage.model_copy(update={"evidence_of": "1f", "is_sure": False, "others": (LIST,), "total": 1}),
        FilledTaken(file=7, name=typed, prompts=(TEXT,), left=0),
        FilledTaken(file=7, name=typed, prompts=(TEXT,), left=0, evidence_of="1f"),
        FilledTaken(file=7, name=typed, prompts=(TEXT, LIST, MANY), left=2),
        FilledAstray(file=7, name=typed, texts=(typed, typed)),
        *(FilledAstray(file=7, name=typed, texts=(typed,), more=count) for count in (1, 2, 11)),
        FilledNone(name=typed),
        FilledEnded(name=typed),
        FilledEnded(name=typed, question="1f"),
        FilledEnded(name=typed, question="1f", is_full=True),
        FileTaken(question="", name=typed),
        HistoryView(prompt=TEXT, lines=(begun,)),
    ]
