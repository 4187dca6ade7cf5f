"""Samples of what is said of the review that was submitted in an earlier cycle."""

import json
from typing import get_args

from tests.render.samples_hands import TEXT, given
from tests.render.samples_submission import mark
from workflows.notices import Ask, Hub, Notice
from workflows.notices.earlier import EarlierAnswer, EarlierDocument, EarlierTaken, Obstacle
from workflows.notices.hands import Given, HistoryView, VersionLine

CYCLE = "gcm-arab-2020"
MOMENT = "2020-11-03T08:00:00+00:00"


def of_the_earlier(typed: str) -> list[Notice]:
    """Everything of the earlier review's module, and the cards that lead there, in the forms that look different."""
    submitted = mark("accepted", version=2)
    answers = [
        EarlierAnswer(cycle=CYCLE, prompt=prompt, mark=submitted, at=MOMENT, given=found)
        for prompt, found in given(typed).items()
    ]
    content = {
        "adaptations": {},
        "answers": {
            TEXT: {"state": "answered", "value": {"kind": "prose", "parts": [{"text": typed, "source": ""}]}}
        },
        "country": "JO",
        "cycle": CYCLE,
        "template": "0" * 64,
    }
    document = EarlierDocument(
        cycle=CYCLE, mark=submitted, at=MOMENT, content=json.dumps(content, ensure_ascii=False)
    )
    begun = VersionLine(number=1, by=typed, at=MOMENT, words=12, state="answered", earlier=MOMENT)
    return [
        *answers,
        answers[0].model_copy(update={"wording": typed, "given": Given(state="declined")}),
        *(answers[0].model_copy(update={"obstacle": obstacle}) for obstacle in get_args(Obstacle)),
        EarlierTaken(prompt=TEXT, at=MOMENT),
        document,
        document.model_copy(update={"form": "pdf"}),
        Ask(turn=17, prompt=TEXT, position=6, total=24, earlier=MOMENT),
        Hub(country="JO", sections=(), earlier=MOMENT),
        HistoryView(prompt=TEXT, lines=(begun,)),
    ]
