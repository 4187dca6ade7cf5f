"""Every notice of the closed list, in the forms that look different, with something typed in every place for it."""

from pathlib import Path
from typing import get_args

from tests.render.samples_assessment import of_the_assessment
from tests.render.samples_audit import of_the_audit
from tests.render.samples_calendar import of_the_calendar
from tests.render.samples_contradictions import of_contradictions
from tests.render.samples_earlier import of_the_earlier
from tests.render.samples_exchange import of_the_exchange
from tests.render.samples_filled import of_filled_documents
from tests.render.samples_glossary import of_the_glossary
from tests.render.samples_hands import of_hands
from tests.render.samples_inputs import of_the_inputs
from tests.render.samples_reminders import all_reminders
from tests.render.samples_scheduling import of_scheduling
from tests.render.samples_status import of_the_status
from tests.render.samples_steering import of_steering
from tests.render.samples_submission import of_the_submission
from tests.render.samples_support import of_support
from tests.render.samples_tagged import of_the_tagged
from tests.render.samples_workshops import all_about_sessions
from workflows.languages import LANGUAGES
from workflows.notices import (
    AccessEnded,
    Answered,
    Ask,
    AskField,
    AskWording,
    Budget,
    ChooseLanguage,
    DocumentCard,
    DocumentsView,
    Door,
    DoorCode,
    EraseAsk,
    EraseCancelled,
    Erased,
    ExplainCode,
    Explained,
    Handover,
    Help,
    Hub,
    InvitationMade,
    InviteWhom,
    LanguageSet,
    LeftOut,
    Line,
    MyData,
    NothingOpen,
    Notice,
    Privacy,
    ProblemCode,
    ProgressView,
    QuestionLine,
    RecordCard,
    ReplaceWhom,
    Saved,
    SectionLine,
    SectionView,
    Settings,
    SomebodyCameIn,
    TemplateFile,
    Welcome,
    WhichQuestion,
)
from workflows.notices.talk import Kept
from workflows.reference import documents
from workflows.review.judge import load_template
from workflows.review.template import Kind, Template

TEMPLATE = load_template(Path("workflows/data/templates/gcm-arab-2020.yaml"))

FIRST = TEMPLATE.sections[0].id
MOMENT = "2020-06-25T08:00:00+00:00"
KEPT = Kept(version=2, at=MOMENT, missing=("1a", "1f", "no longer there"))


def prompt_of(kind: Kind, template: Template = TEMPLATE) -> str:
    """The first prompt of a kind."""
    return next(prompt for prompt in template.prompts if template.type_of(prompt).kind == kind)


def all_notices(typed: str = "وزارة الداخلية") -> list[Notice]:
    """All of them; `typed` stands wherever a person's own words can stand."""
    return [
        *asking(typed),
        *receipts(typed),
        *lists(typed),
        *going(typed),
        *people(typed),
        *steering(typed),
        *all_about_sessions(typed),
        *of_hands(typed),
        *of_the_earlier(typed),
        *of_filled_documents(typed),
        *of_the_tagged(TEMPLATE, typed),
        *of_the_glossary(typed),
        *of_the_submission(TEMPLATE, typed),
        *of_contradictions(typed),
        *of_support(TEMPLATE, typed),
        *of_the_exchange(TEMPLATE, typed),
        *all_reminders(FIRST, typed),
    ]


def asking(typed: str) -> list[Notice]:
    text, records, ticks = prompt_of("text"), prompt_of("records"), prompt_of("choices")
    matrix, yes_no, choice = prompt_of("matrix"), prompt_of("yes_no"), prompt_of("choice")
    rows = [option.value for option in TEMPLATE.options_of(matrix)]
    scale = [option.value for option in TEMPLATE.scale_of(matrix)]
    cells = {row: scale[at % len(scale)] for at, row in enumerate(rows[:20])}
    lines = tuple(Line(id=str(at), text=typed, detail=typed) for at in range(1, 61))
    open_asks: list[Notice] = [
        Ask(turn=17, prompt=prompt, position=1, total=24)
        for prompt in TEMPLATE.prompts
        if TEMPLATE.type_of(prompt).kind != "guidance"
    ]
    return [
        *open_asks,
        *(
            Ask(turn=17, prompt=yes_no, position=1, total=18, problem=problem)
            for problem in get_args(ProblemCode)
        ),
        Ask(turn=0, prompt=yes_no, position=1, total=18),
        Ask(turn=17, prompt=yes_no, position=1, total=18, kept=KEPT),
        Ask(turn=17, prompt=yes_no, position=1, total=18, kept=KEPT, is_beside=True),
        Ask(turn=17, prompt=yes_no, position=1, total=18, state="answered", chosen=("yes",), wording=typed),
        Ask(turn=17, prompt=choice, position=1, total=18, state="answered", chosen=("selected",)),
        Ask(turn=17, prompt=ticks, position=1, total=18, state="answered", chosen=tuple(rows), other=typed),
        Ask(turn=17, prompt=text, position=2, total=18, state="answered", excerpt=typed, budget=budget(123)),
        Ask(turn=17, prompt=text, position=2, total=18, excerpt=typed, budget=budget(123), replacing=True),
        Ask(turn=17, prompt=records, position=2, total=18, state="answered", records=lines, page=1),
        Ask(turn=17, prompt=records, position=2, total=18, state="answered", records=lines[:1], page=99),
        Ask(
            turn=17, prompt=matrix, position=3, total=18, cells=cells, rows_first=("6", "8"), state="answered"
        ),
        Ask(turn=17, prompt=matrix, position=3, total=18, cells=cells, row="6", state="answered"),
        *(
            Ask(turn=17, prompt=text, position=2, total=18, state=state)
            for state in ("not_applicable", "declined", "not_known")
        ),
        Ask(turn=17, prompt=text, position=2, total=18, menu="other"),
        Ask(turn=17, prompt=text, position=2, total=18, menu="other", state="answered", excerpt=typed),
        Ask(turn=17, prompt=text, position=2, total=18, menu="adapt", wording=typed),
        Ask(turn=17, prompt=text, position=2, total=18, menu="clear", state="answered", excerpt=typed),
    ]


def budget(here: int, used: int | None = None, limit: int = 500) -> Budget:
    return Budget(section=FIRST, here=here, used=here if used is None else used, limit=limit)


def receipts(typed: str) -> list[Notice]:
    text, ticks = prompt_of("text"), prompt_of("choices")
    heavy = tuple((prompt, 400 - 10 * at) for at, prompt in enumerate(list(TEMPLATE.prompts)[:3]))
    return [
        *(
            Saved(turn=17, prompt=text, parts=1, budget=budget(n))
            for n in (0, 1, 2, 5, 23, 100, 498, 499, 500)
        ),
        Saved(turn=17, prompt=text, parts=3, budget=budget(123, 460), warned=True),
        Saved(
            turn=17, prompt=text, parts=3, budget=budget(900, 1501), heaviest=heavy, warned=True, edited=True
        ),
        Saved(turn=0, prompt=text, parts=1, budget=budget(123)),
        Answered(prompt=prompt_of("yes_no"), state="answered", chosen=("no",)),
        Answered(prompt=ticks, state="answered", chosen=("1", "6", "23"), other=typed),
        Answered(prompt=prompt_of("records"), state="answered", records=11),
        Answered(prompt=prompt_of("records"), state="answered", records=11, superseded=True),
        Answered(prompt=prompt_of("matrix"), state="answered", rows=7),
        Answered(prompt=text, state="answered", words=2345),
        *(
            Answered(prompt=text, state=state)
            for state in ("open", "not_applicable", "declined", "not_known")
        ),
    ]


def lists(typed: str) -> list[Notice]:
    cards: list[Notice] = []
    for prompt in TEMPLATE.prompts:
        if TEMPLATE.type_of(prompt).kind not in ("record", "records"):
            continue
        fields = TEMPLATE.fields_of(prompt)
        given = {field.id: _given(prompt, field.id, typed) for field in fields}
        cards.append(RecordCard(turn=17, prompt=prompt, record=3, number=3, fields=given))
        cards.extend(
            AskField(turn=17, prompt=prompt, record=3, field=field.id, value=given[field.id])
            for field in fields
        )
    first = prompt_of("records")
    name = TEMPLATE.fields_of(first)[0].id
    dated = next(prompt for prompt, found in TEMPLATE.prompts.items() if found.checks)
    return [
        *cards,
        RecordCard(turn=17, prompt=first, record=3, number=3, fields={name: typed}, confirm_removal=True),
        RecordCard(turn=0, prompt=first, record=3, number=3, fields={name: typed}, problem="press_a_button"),
        RecordCard(
            turn=17, prompt=dated, record=3, number=3, fields={}, cautions=("early_date", "unreadable_date")
        ),
        AskField(turn=0, prompt=first, record=3, field=name, problem="unreadable"),
        AskWording(turn=17, question="2c"),
        AskWording(turn=17, question="2c", wording=typed),
        LeftOut(turn=17, question="2c"),
        WhichQuestion(turn=17, prompts=tuple(list(TEMPLATE.prompts)[:3]), excerpt=typed, kept=1),
        WhichQuestion(turn=17, prompts=tuple(list(TEMPLATE.prompts)[:3]), excerpt=typed, kept=12),
        *(
            WhichQuestion(
                turn=17, prompts=tuple(list(TEMPLATE.prompts)[:1]), excerpt=typed, kept=1, later=later
            )
            for later in (1, 2, 3, 11, 100)
        ),
    ]


def _given(prompt: str, field_id: str, typed: str) -> str:
    field = next(field for field in TEMPLATE.fields_of(prompt) if field.id == field_id)
    match field.type:
        case "date":
            return "2019-06-03"
        case "choice" | "choices":
            options = [option.value for option in TEMPLATE.field_options(prompt, field)]
            return " ".join(options if field.type == "choices" else options[:1])
        case _:
            return typed


def going(typed: str) -> list[Notice]:
    sections = tuple(
        SectionLine(id=s.id, settled=at * 3, total=12, words=at * 700, limit=s.word_limit, adapted=at)
        for at, s in enumerate(TEMPLATE.sections)
    )
    states = get_args(QuestionLine.model_fields["state"].annotation)
    views = [
        SectionView(
            section=section.id,
            line=line,
            questions=tuple(
                QuestionLine(id=question.id, state=states[at % 5], adapted=at % 2 == 0, words=at * 11)
                for at, question in enumerate(section.questions)
            ),
            typed=typed if line.settled else "",
            message=7,
            update=9,
        )
        for section, line in zip(TEMPLATE.sections, sections, strict=True)
    ]
    return [
        Hub(country="JO", sections=sections, next="1a.1"),
        Hub(country="JO", sections=sections),
        Hub(country="JO", sections=sections, assesses=True),
        *(Hub(country="JO", sections=sections, kept=KEPT, is_beside=beside) for beside in (True, False)),
        *views,
        NothingOpen(country="JO"),
        *(Explained(code=code) for code in get_args(ExplainCode)),
        Explained(code="photo", prompt="1f.2"),
        *(
            Explained(code="command_unknown", role="focal_point", given=given)
            for given in ("progres", "تقدم", "frobnicate")
        ),
        *(Explained(code=code, role="secretariat") for code in get_args(ExplainCode)),
        Explained(code="returned_meanwhile", role="secretariat", text=typed, country="MA", version=2),
        Explained(code="asleep", prompt="1f.2"),
        ProgressView(
            country="JO",
            sections=sections,
            declined=1,
            not_applicable=2,
            not_known=3,
            next="1a.1",
            last_activity=MOMENT,
        ),
        ProgressView(country="JO", sections=sections),
    ]


def people(typed: str) -> list[Notice]:
    return [
        Welcome(role="focal_point", country="JO", lead=True),
        Welcome(role="contributor", country="MA"),
        Welcome(role="secretariat"),
        Handover(country="JO", settled=12, total=64, words=1234, last_activity=MOMENT),
        *(Handover(country="JO", settled=0, total=64, words=0, waiting=count) for count in (1, 2, 3, 11)),
        *(AccessEnded(country="JO", waiting=count) for count in (1, 2, 3, 11)),
        Handover(
            country="JO",
            settled=12,
            total=64,
            words=1234,
            writers=(Line(id="7", text=typed, detail="12"),),
            requests=2,
            remarks=3,
        ),
        AccessEnded(country="JO"),
        SomebodyCameIn(name=typed, role="focal_point", country="JO"),
        SomebodyCameIn(name=typed, role="secretariat"),
        *(Door(code=code) for code in get_args(DoorCode)),
        ChooseLanguage(current="ar"),
        LanguageSet(),
        *(Settings(language="ar", digits="auto", clock=clock) for clock in ("24", "12")),
        *(Settings(language="ar", digits=digits) for digits in ("auto", "latn", "arab")),
        *(
            Help(role=role, country="JO")
            for role in ("focal_point", "contributor", "secretariat", "stakeholder", "former", "")
        ),
        Privacy(role="focal_point"),
        Privacy(role="stakeholder"),
        Privacy(),
        MyData(name="rafiq.json", content=typed),
        EraseAsk(turn=17, country="JO", answers=23),
        EraseAsk(turn=17),
        EraseAsk(turn=17, inputs=2, published=1),
        Erased(),
        EraseCancelled(),
    ]


def steering(typed: str) -> list[Notice]:
    holders = (Line(id="12", text=typed), Line(id="13", text=typed, detail="lead"))
    link = "https://t.me/rafiq_bot?start=abc_DEF-123"
    return [
        *_of_documents(typed),
        *of_the_calendar(typed),
        *of_scheduling(typed),
        *of_steering(typed),
        *of_the_assessment(TEMPLATE, typed),
        *of_the_audit(typed),
        *of_the_inputs(typed),
        *of_the_status(typed, TEMPLATE),
        InviteWhom(),
        InviteWhom(problem="country_unknown", given=typed),
        InviteWhom(replacing=True),
        InviteWhom(replacing=True, problem="country_unknown", given=typed),
        ReplaceWhom(country="JO", people=holders),
        ReplaceWhom(country="JO"),
        InvitationMade(role="focal_point", country="JO", link=link, expires=MOMENT),
        InvitationMade(role="focal_point", country="JO", link=link, expires=MOMENT, replaces=typed),
        InvitationMade(role="secretariat", link=link, expires=MOMENT),
    ]


def _of_documents(typed: str) -> list[Notice]:
    known = documents()
    return [
        DocumentsView(documents=tuple(each.id for each in known)),
        DocumentsView(documents=tuple(each.id for each in known[:2]), query=typed),
        DocumentsView(documents=(), query=typed),
        *(DocumentCard(document=each.id) for each in known),
        *(TemplateFile(speech=language) for language in LANGUAGES),
        TemplateFile(speech="ar", cycle="gcm-arab-2024", at="2024-05-02T08:00:00+00:00"),
    ]
