"""Every notice between a state and the secretariat, in the forms that look different, with something typed in it."""

from typing import Any, Literal, get_args

from workflows.notices import Notice
from workflows.notices.exchange import (
    AnswerLine,
    AskExplanation,
    AskRemark,
    Awaited,
    AwaitedLine,
    Became,
    ConsentCount,
    ConsentDoubt,
    ConsentLine,
    ConsentSection,
    ConsentView,
    DecisionAsk,
    DraftFile,
    Found,
    PersonalKind,
    ReadableLine,
    RemarkCard,
    RemarkKept,
    RemarkLine,
    RemarksAnswered,
    RemarksRegion,
    RemarksView,
    ReviewAnswer,
    ReviewDecided,
    ReviewHub,
    ReviewPage,
    ReviewsView,
    RoundLine,
    SharedLine,
    SharedTold,
    SharingDoubt,
    SharingView,
    UnpublishAsked,
)
from workflows.notices.side_by_side import ReviewColumn, ReviewsTable
from workflows.reference import countries
from workflows.review.answers import Answer, Part, Prose
from workflows.review.events import Review
from workflows.review.frozen_text import frozen
from workflows.review.template import Template

MOMENT = "2020-06-25T08:00:00+00:00"
EDITION = 123_456_789
STATES = ("submitted", "reopened", "returned", "accepted", "superseded")


def of_the_exchange(template: Template, typed: str) -> list[Notice]:
    """All of them; `typed` stands wherever a person's own words can stand."""
    answers = every_answer(template, typed)
    return [
        *_sharing(template),
        *_reading(template, answers, typed),
        *_remarks(answers, typed),
        *_deciding(),
        *_consent(template),
    ]


def every_answer(template: Template, typed: str) -> tuple[AnswerLine, ...]:
    """An answer of every kind, and every reason for there being none."""
    lines = []
    for prompt in _one_of_each_kind(template):
        options = tuple(option.value for option in template.options_of(prompt))
        values: dict[str, Any] = {}
        match template.type_of(prompt).kind:
            case "yes_no":
                values = {"chosen": ("yes",)}
            case "choice" | "choices":
                values = {"chosen": options[:2], "other": typed}
            case "record" | "records":
                values = {"records": (_record(template, prompt, typed), {})}
            case "matrix":
                scale = template.scale_of(prompt)
                values = {"cells": {row: scale[at % len(scale)].value for at, row in enumerate(options)}}
            case "text":
                values = {"text": typed, "wording": typed}
        lines.append(AnswerLine(prompt=prompt, state="answered", **values))
    states = ("open", "not_applicable", "declined", "not_known", "answered")
    lines += [AnswerLine(prompt=lines[0].prompt, state=state) for state in states]
    return (*lines, AnswerLine(prompt=lines[0].prompt, left_out=True))


def _one_of_each_kind(template: Template) -> list[str]:
    kinds = {template.type_of(prompt.id).kind: prompt.id for prompt, _, _ in reversed(template.asked)}
    return list(kinds.values())


def _record(template: Template, prompt: str, typed: str) -> dict[str, str]:
    values = {"date": "2019-06", "text": typed}
    record = {}
    for field in template.fields_of(prompt):
        options = template.field_options(prompt, field)
        record[field.id] = values.get(field.type) or " ".join(option.value for option in options[:2])
    return record


def _found(template: Template, many: int) -> Found:
    prompts = tuple(prompt.id for prompt, _, _ in template.asked)[:many]
    return Found(kinds=get_args(PersonalKind), prompts=prompts)


def _sharing(template: Template) -> list[Notice]:
    sections = [section.id for section in template.sections]
    some = tuple(
        SharedLine(section=each, shared=at % 2 == 0, read_at=MOMENT if at < 2 else "")
        for at, each in enumerate(sections)
    )
    none = tuple(SharedLine(section=each, shared=False) for each in sections)
    return [
        SharingView(country="JO", whole=False, sections=none),
        SharingView(country="JO", whole=False, sections=some),
        SharingView(country="JO", whole=True, sections=tuple(_shared(line) for line in some)),
        SharingDoubt(section=sections[0], found=_found(template, 1)),
        SharingDoubt(section="", found=_found(template, 20)),
        SharingDoubt(
            section="", found=Found(kinds=("email",), prompts=(), questions=("2a",), sight="0123abcd")
        ),
        SharedTold(country="JO"),
    ]


def _shared(line: SharedLine) -> SharedLine:
    return line.model_copy(update={"shared": True})


def _reading(template: Template, answers: tuple[AnswerLine, ...], typed: str) -> list[Notice]:
    sections = tuple(section.id for section in template.sections)
    lines = tuple(
        ReadableLine(
            country=state.code, version=at % 3, state=STATES[at % 5] if at % 3 else "", shares=at % 3 == 0
        )
        for at, state in enumerate(countries())
    )
    distinct = {line.prompt: line for line in answers}
    page: dict[str, Any] = {"country": "JO", "section": sections[1], "page": 1, "pages": 3}
    rounds = (RoundLine(round=1, total=4, open=0), RoundLine(round=2, total=2, open=1))
    return [
        ReviewsView(reviews=()),
        ReviewsView(reviews=lines),
        ReviewsView(reviews=lines[:1]),
        ReviewHub(country="JO"),
        ReviewHub(country="JO", shared=sections[:2]),
        *(
            ReviewHub(
                country="JO",
                edition=EDITION,
                version=2,
                state=state,
                at=MOMENT,
                submitted=sections,
                shared=sections if state == "returned" else (),
                kept=at,
                rounds=rounds,
                publish=12,
                quote=3,
            )
            for at, state in enumerate(STATES)
        ),
        ReviewPage(
            **page, source="s", answers=tuple(distinct.values()), edition=EDITION, remarked={"1a.1": 2}
        ),
        ReviewPage(**page, source="d", answers=answers),
        ReviewsTable(cycle="c", at=MOMENT, reviews=columns(answers)),
        DraftFile(country="JO", sections=sections[1:3], content=_draft(template, typed), at=MOMENT),
        ReviewPage(country="JO", section=sections[0], page=0, pages=1, source="d", answers=()),
        *(ReviewAnswer(country="JO", edition=EDITION, answer=answer) for answer in answers),
        ReviewAnswer(
            country="JO",
            edition=EDITION,
            answer=answers[0],
            remarks=tuple(_lines(answers[0].prompt, typed)),
            publish=True,
            quote=True,
            can_remark=True,
            can_propose=True,
        ),
    ]


def columns(answers: tuple[AnswerLine, ...]) -> tuple[ReviewColumn, ...]:
    """Two states that submitted, one of them with consent."""
    first = answers[0].prompt
    return (
        ReviewColumn(
            country="JO",
            version=2,
            state="accepted",
            at=MOMENT,
            answers=answers,
            publish=(first,),
            quote=(first,),
        ),
        ReviewColumn(country="LB", version=1, state="submitted", at=MOMENT, answers=answers[1:]),
    )


def _draft(template: Template, typed: str) -> str:
    prompt = next(
        each.id
        for each, _, conditions in template.asked
        if template.section_of[each.id] is template.sections[1]
        and template.type_of(each.id).kind == "text"
        and not conditions
    )
    parts = (Part(text=typed, source=""),)
    return frozen(
        Review(template, "JO", {prompt: Answer(state="answered", value=Prose(parts=parts))}), "c", ""
    )


def _lines(prompt: str, typed: str) -> list[RemarkLine]:
    return [
        RemarkLine(
            id=at + 1,
            prompt=prompt,
            kind="wording" if at % 2 else "comment",
            text=typed,
            round=1 + at % 2,
            became=what,
            reply=typed if what == "explained" else "",
            number=at + 1,
        )
        for at, what in enumerate(get_args(Became))
    ]


def _remarks(answers: tuple[AnswerLine, ...], typed: str) -> list[Notice]:
    lines = _lines("1f.2", typed)
    rounds = (RoundLine(round=1, total=4, open=0), RoundLine(round=2, total=2, open=1))
    text = next(answer for answer in answers if answer.text)
    problems: tuple[Literal["", "empty", "long"], ...] = ("", "empty", "long")
    return [
        *(
            AskRemark(country="JO", edition=EDITION, prompt="1f.2", kind=kind, problem=problem)
            for kind in ("comment", "wording")
            for problem in problems
        ),
        *(
            RemarkKept(country="JO", edition=EDITION, remark=lines[at], kept=at + 1, problem=problem)
            for at, problem in enumerate(problems)
        ),
        *(RemarkCard(remark=line, answer=text) for line in lines),
        *(RemarkCard(remark=line, answer=text, changed=True, sure=True) for line in lines[:2]),
        RemarkCard(remark=lines[1], answer=text, can_settle=False),
        *(AskExplanation(remark=7, prompt="1f.2", text=typed, problem=problem) for problem in problems),
        RemarksView(country="JO", rounds=(), remarks=()),
        RemarksView(country="JO", rounds=rounds, remarks=tuple(lines)),
        RemarksView(country="JO", rounds=rounds, remarks=tuple(lines), page=1, own=False),
        RemarksRegion(countries={}),
        RemarksRegion(countries={"JO": rounds, "MA": ()}, waiting={"JO": 3, "MA": 1}),
        RemarksRegion(countries={state.code: rounds for state in countries()}),
        RemarksAnswered(country="JO", round=2, accepted=3, explained=1, editing=2),
    ]


def _deciding() -> list[Notice]:
    asked: dict[str, Any] = {"country": "JO", "edition": EDITION, "version": 1}
    return [
        DecisionAsk(decision="return", kept=3, **asked),
        DecisionAsk(decision="return", kept=3, on={"1f.2": 2, "2c.4": 1}, **asked),
        DecisionAsk(decision="accept", kept=0, **asked),
        DecisionAsk(decision="accept", kept=2, **asked),
        DecisionAsk(decision="reopen", kept=0, **asked),
        *(
            ReviewDecided(decision=decision, country="JO", version=1, remarks=5, own=own)
            for decision in ("return", "accept")
            for own in (True, False)
        ),
        Awaited(country="JO", open=3, days=4),
        Awaited(reviews=tuple(AwaitedLine(country=state.code, version=1, days=5) for state in countries())),
    ]


def _consent(template: Template) -> list[Notice]:
    sections = [section.id for section in template.sections]
    counts = tuple(
        ConsentCount(section=each, answers=at * 3, publish=at, quote=0) for at, each in enumerate(sections)
    )
    view: dict[str, Any] = {"country": "JO", "edition": EDITION, "version": 2}
    prompts = [prompt.id for prompt, _, _ in template.asked]
    answers = tuple(
        ConsentLine(prompt=prompt, publish=at % 2 == 0, quote=at % 3 == 0)
        for at, prompt in enumerate(prompts)
    )
    longest = max(sections, key=len)
    return [
        ConsentView(country="JO"),
        ConsentView(**view, sections=counts, earlier={EDITION - 1: 1}),
        ConsentView(**view, sections=counts, newest=False),
        ConsentView(**view, sections=counts, own=False),
        ConsentSection(**view, section=longest, answers=answers[:5]),
        ConsentSection(**view, section=longest, answers=answers, page=1),
        ConsentSection(**view, section=longest, answers=answers, page=1, own=False),
        *(
            ConsentDoubt(
                edition=EDITION,
                use=use,
                about=about,
                section=longest,
                page=3,
                found=_found(template, 2),
                wanted=wanted,
            )
            for use in ("publish", "quote")
            for about, wanted in (("all", 12), ("3a.1", 2))
        ),
        *(
            UnpublishAsked(country="JO", version=1, use=use, prompts=tuple(prompts))
            for use in ("publish", "quote")
        ),
    ]
