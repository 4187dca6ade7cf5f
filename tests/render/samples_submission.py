"""What is said of a review on its way, in the forms that look different."""

import json
from typing import get_args

from workflows.notices import Notice
from workflows.notices.clearing import (
    ClearAsk,
    ClearDone,
    ClearGone,
    ClearLater,
    ClearReason,
    ClearSure,
    NothingToClear,
)
from workflows.notices.saying import Line
from workflows.notices.submission import (
    ClearerLine,
    ClearingAsk,
    ClearingChanged,
    ClearingView,
    EditionDocument,
    EditionMark,
    EditionNews,
    EditionSent,
    EditionState,
    EditionsView,
    NewsCode,
    OnlyTheLead,
    OverLimit,
    OwnDraft,
    PassageAwaited,
    Receipt,
    ReopenAsked,
    Reopened,
    ReopenReason,
    ReopenRefused,
    ReopenSent,
    ReopenSure,
    Returned,
    ReviewLocked,
    SubmitConfirm,
    SubmitLook,
    SubmittedWithout,
)
from workflows.review.template import Template

MOMENT = "2020-06-25T08:00:00+00:00"
HASH = "0a1b2c3d4e5f" * 5 + "0a1b"
QUESTIONS = ("1a", "1f", "2c")


def mark(state: EditionState = "in_clearance", version: int = 0, step: int = 1) -> EditionMark:
    return EditionMark(
        id=10**12 - 1,
        country="JO",
        number=12,
        version=version,
        content_hash=HASH,
        state=state,
        step=step,
        at=MOMENT,
        state_at=MOMENT,
    )


def of_the_submission(template: Template, typed: str) -> list[Notice]:
    submitted = mark("submitted", version=2)
    states = get_args(EditionState)
    return [
        *_looks(template, typed),
        SubmitConfirm(mark=mark("cleared"), version=1, open=0, seen=HASH[:8]),
        SubmitConfirm(mark=mark("cleared"), version=1, open=0, seen=HASH[:8], waiting=2),
        SubmitConfirm(
            mark=mark("cleared"),
            version=1,
            open=0,
            seen=HASH[:8],
            of_colleagues=(Line(id="1", text=typed, detail="3"),),
        ),
        ReviewLocked(mark=mark("accepted", version=2)),
        SubmitConfirm(mark=mark("cleared"), version=2, open=3, seen=HASH[:8], changed=QUESTIONS, anew=True),
        OnlyTheLead(country="JO"),
        *(
            Receipt(mark=submitted, role=role, changed=QUESTIONS)
            for role in ("focal_point", "clearer", "secretariat")
        ),
        Receipt(mark=submitted, role="focal_point"),
        Receipt(mark=mark("submitted", version=1), role="focal_point"),
        Receipt(mark=submitted, role="focal_point", missing=QUESTIONS),
        EditionSent(mark=mark()),
        EditionSent(mark=mark(), changed=QUESTIONS, followed=11),
        EditionSent(mark=mark(), followed=11),
        *(EditionNews(code=code, mark=mark(), reason=typed) for code in get_args(NewsCode)),
        *(EditionNews(code=code, mark=mark(), role="clearer") for code in ("withdrawn", "replaced")),
        *(
            ClearingView(
                country="JO",
                steps=steps,
                clearers=(ClearerLine(name=typed, step=1),) * 30,
                fixed=fixed,
                own=own,
            )
            for steps in range(3)
            for fixed in (True, False)
            for own in (True, False)
        ),
        ClearingView(country="JO", steps=2, own=False, beyond=True),
        *(ClearingChanged(country="JO", steps=steps) for steps in range(3)),
        ClearingChanged(country="JO", steps=1, by_secretariat=True),
        ClearingChanged(country="JO", steps=2, role="clearer"),
        *(
            ClearingAsk(
                country="JO",
                before=(steps + 1) % 3,
                steps=steps,
                without=(1, 2)[:steps],
                told=told,
                clearers=told,
            )
            for steps in range(3)
            for told in (0, 1, 2, 3, 11, 100)
        ),
        *(
            PassageAwaited(mark=mark(state), days=days, role=role, without=days == 4)
            for state in ("in_clearance", "changes_asked", "cleared")
            for role in ("clearer", "focal_point")
            for days in (3, 4, 11)
        ),
        EditionsView(country="JO", marks=()),
        EditionsView(country="JO", marks=(), writes=True),
        EditionsView(
            country="JO",
            marks=tuple(
                mark(state, version=at).model_copy(update={"id": at + 1})
                for at, state in enumerate(states * 2)
            ),
        ),
        *_documents(template, typed),
        ClearAsk(mark=mark()),
        *(ClearReason(mark=mark(), empty=empty) for empty in (True, False)),
        ClearSure(mark=mark(), reason=typed),
        *(
            ClearDone(mark=mark(state), reason=typed)
            for state in ("changes_asked", "cleared", "in_clearance")
        ),
        ClearLater(mark=mark()),
        ClearGone(mark=mark("withdrawn"), text=typed),
        *(
            ClearGone(mark=mark("withdrawn"), present=mark(), changed=changed)
            for changed in ((), ("1f", "2c"))
        ),
        NothingToClear(),
        *(
            ReviewLocked(mark=submitted, text=text, asked=asked)
            for text in ("", typed)
            for asked in (True, False)
        ),
        *(ReopenReason(mark=submitted, empty=empty) for empty in (True, False)),
        ReopenSure(mark=submitted, reason=typed),
        ReopenSent(mark=submitted, reason=typed),
        SubmittedWithout(mark=submitted),
        ReopenAsked(mark=submitted, reason=typed),
        ReopenSent(mark=submitted),
        *(kind(mark=submitted, role=role) for kind in (Reopened, ReopenRefused) for role in _ROLES),
        *(Reopened(mark=submitted, role="secretariat", dropped=count) for count in (1, 12)),
    ]


_ROLES = ("focal_point", "clearer", "secretariat", "contributor")


def _looks(template: Template, typed: str) -> list[Notice]:
    over = OverLimit(
        section=template.sections[1].id, words=1620, limit=1500, heaviest=(("2b.1", 900), ("2c.1", 1))
    )
    plain = SubmitLook(country="JO", version=1, steps=0, lead=True, settled=62, total=62)
    open_ = {"settled": 3, "open": tuple(template.questions), "begun": QUESTIONS, "over": (over,)}
    about = {"steps": 1, "newest": mark(), "changed": QUESTIONS}
    others = (Line(id="1", text=typed, detail="1"), Line(id="2", text=typed, detail="12"))
    return [
        plain.model_copy(update={"of_colleagues": others}),
        plain.model_copy(update={"returned": Returned(version=1, remarks=3, open=1)}),
        plain,
        plain.model_copy(update=open_),
        *(plain.model_copy(update={"waiting": count}) for count in (1, 2, 3, 11, 100)),
        plain.model_copy(update={"lead": False}),
        plain.model_copy(update={"steps": 2, "adapted": QUESTIONS, "left_out": QUESTIONS, "without": (1, 2)}),
        *(plain.model_copy(update={**about, "lead": lead}) for lead in (True, False)),
        *(
            plain.model_copy(update={**about, "newest": newest, "reason": reason, "lead": lead})
            for newest, reason in ((mark("cleared"), ""), (mark("changes_asked"), typed))
            for lead in (True, False)
        ),
    ]


def _documents(template: Template, typed: str) -> list[Notice]:
    text = next(
        prompt.id
        for prompt, _, when in template.asked
        if template.type_of(prompt.id).kind == "text" and not when
    )
    prose = {"kind": "prose", "parts": [{"text": typed, "source": ""}]}
    shown = template.question_of[text].id
    left_out = {question: {"left_out": True, "wording": ""} for question in template.questions}
    content = {
        "adaptations": {**left_out, shown: {"left_out": False, "wording": typed}},
        "answers": {text: {"state": "answered", "value": prose}},
        "country": "JO",
    }
    kept = json.dumps(content, ensure_ascii=False)
    return [
        EditionDocument(mark=mark(), content=kept, asks=True),
        EditionDocument(mark=mark(), content=kept, asks=True, before=mark(), changed=QUESTIONS),
        EditionDocument(mark=mark(), content=kept, asks=True, before=mark("returned", version=1)),
        EditionDocument(mark=mark("submitted", version=1), content=kept, form="pdf"),
        OwnDraft(country="JO", content=kept, at="2027-03-01T07:00:00+00:00"),
        OwnDraft(country="JO", content=kept, at="2027-03-01T07:00:00+00:00", form="pdf"),
    ]
