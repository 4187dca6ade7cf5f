"""Every notice of the help desk, in the forms that look different, with something typed in every place for it."""

from typing import get_args

from workflows.languages import Text
from workflows.notices import Line, Notice
from workflows.notices.support import (
    AnswerCard,
    AnswerFits,
    AnswersView,
    AskListed,
    AskMore,
    AskReply,
    AskSupport,
    DeskGone,
    DeskList,
    DeskRequest,
    DeskWelcome,
    ListedAnswer,
    ListedPreview,
    ObjectiveTitle,
    OffersView,
    OfferTaken,
    OwnRequest,
    OwnRequests,
    PassTo,
    ProcessAnswer,
    ReceivedLine,
    RequestAnswered,
    RequestClosed,
    RequestLine,
    RequestMoved,
    RequestNews,
    RequestSent,
    SupportersView,
    SupportOffer,
    SupportReceived,
    SupportWordLine,
    WhichKind,
    WhichSupported,
    Wrong,
)
from workflows.notices.support_group import GroupCode, GroupNews, GroupRequest, GroupTold
from workflows.people.received import provider, support_of
from workflows.people.requests import KINDS
from workflows.people.roles import OFFICES
from workflows.reference import countries
from workflows.reference.process import entries
from workflows.review.template import Template

MOMENT = "2020-06-25T08:00:00+00:00"
TITLE = Text(ar="الجلسة الأولى", en="Session 1", fr="Séance 1")


def of_support(template: Template, typed: str) -> list[Notice]:
    """All of them."""
    prompt = next(iter(template.prompts))
    return [
        *_asking(prompt, typed),
        *_own(prompt, typed),
        *_desk(prompt, typed),
        *_lists(typed),
        *_group(prompt, typed),
        *_received(template),
    ]


def _received(template: Template) -> list[Notice]:
    """Support for the review's list of who gave it; the list of another prompt would look the same."""
    prompt = next(
        each.id for each in template.prompts.values() if template.type_of(each.id).kind == "records"
    )
    given = [(provider(office).name, support_of("data")) for office in OFFICES]
    lines = tuple(
        ReceivedLine(request=at, office=office, kind=support, day="2020-06-25", stands=at == 2)
        for at, (office, support) in enumerate(given, start=1)
        if support is not None
    )
    shown = [
        SupportReceived(prompt=prompt, official=4, lines=lines, obstacle=obstacle)
        for obstacle in get_args(SupportReceived.model_fields["obstacle"].annotation)
    ]
    return [*shown, SupportReceived(prompt=prompt, official=0)]


def _group(prompt: str, typed: str) -> list[Notice]:
    """What is said in a group."""
    words = tuple(SupportWordLine(said_by=said, text=typed) for said in ("asker", "escwa"))
    given = {
        "asker": 7,
        "name": typed,
        "role": "focal_point",
        "holder": typed,
        "words": words,
        "attached": True,
    }
    cards = [
        GroupRequest(request=request(prompt, typed, at), news=news, former="un_team", **given)  # type: ignore[arg-type]  # by name
        for at, news in enumerate(get_args(GroupNews))
    ]
    told = [
        GroupTold(code=code, office="escwa", country=country, asker=7, requests=(1, 2))
        for code in get_args(GroupCode)
        for country in ("LB", "")
    ]
    return [*cards, GroupRequest(asker=0, request=request(prompt, typed)), *told]


def request(prompt: str, typed: str, at: int = 0) -> RequestLine:
    """A request as a list shows it."""
    return RequestLine(
        id=at + 1,
        country=countries()[at % 22].code,
        kind=KINDS[at % len(KINDS)],
        state=("open", "taken", "answered", "closed")[at % 4],
        office=OFFICES[at % len(OFFICES)],
        at=MOMENT,
        days=at,
        prompt=prompt if at % 2 else "",
        text=typed,
    )


def _asking(prompt: str, typed: str) -> list[Notice]:
    others = tuple(each.id for each in entries()[:2])
    return [
        *(AskSupport(problem=problem, own=1) for problem in get_args(Wrong)),
        *(AskSupport(kind=kind, prompt=prompt) for kind in ("", *KINDS)),
        *(ProcessAnswer(request=7, question=typed, entry=each.id) for each in entries()),
        ProcessAnswer(request=7, question=typed, entry=entries()[2].id, others=others),
        ProcessAnswer(request=7, question=typed, entry=entries()[2].id, dated=True),
        ProcessAnswer(request=7, question=typed, entry=entries()[2].id, dated=True, term="regional_forum"),
        ProcessAnswer(request=7, question=typed, entry="taken_out_since"),
        ObjectiveTitle(request=7, number=13, title=TITLE),
        ObjectiveTitle(request=7, number=13, title=TITLE, own=True),
        ListedAnswer(request=7, question=typed, asked=typed, answer=typed),
        WhichKind(request=7, question=typed),
        WhichKind(request=7, question=typed, known=True, grouped=True),
        AskSupport(kind="data", grouped=True),
        AnswerFits(),
    ]


def _own(prompt: str, typed: str) -> list[Notice]:
    words = tuple(SupportWordLine(said_by=by, text=typed) for by in ("asker", "attached", *OFFICES))
    every = [request(prompt, typed, at) for at in range(8)]
    return [
        *(RequestSent(request=each, attach=each.id % 2 == 0) for each in every),
        RequestSent(request=every[1], attached=True, grouped=True),
        RequestSent(request=every[1], attached=True, later=("escwa", "iom_regional")),
        OwnRequests(),
        OwnRequests(requests=tuple(request(prompt, typed, at) for at in range(20)), page=1),
        *(OwnRequest(request=each, words=words) for each in every[:4]),
        *(OwnRequest(request=every[0], news=news) for news in ("more", "closed", "again")),
        *(AskMore(request=every[0], problem=problem) for problem in get_args(Wrong)),
        *(RequestAnswered(request=each, answer=typed) for each in every[:5]),
        RequestMoved(request=every[1], former="escwa"),
        RequestMoved(request=every[1], former="escwa", silent=True),
        RequestClosed(request=every[3]),
    ]


def _desk(prompt: str, typed: str) -> list[Notice]:
    every = [request(prompt, typed, at) for at in range(30)]
    people = tuple(Line(id=str(at), text=typed, detail=("", "JO")[at % 2]) for at in range(3))
    given = {"name": typed, "role": "focal_point", "holder": typed, "former": "un_team"}
    return [
        *(DeskWelcome(office=office, country="JO", waiting=at) for at, office in enumerate(OFFICES)),
        DeskWelcome(office="escwa", waiting=12),
        *(DeskRequest(request=every[0], news=news, **given) for news in get_args(RequestNews)),  # type: ignore[arg-type]  # by name
        *(DeskRequest(request=each, may_list=True) for each in every[:4]),
        DeskRequest(request=every[0], mine=False),
        DeskGone(request=every[0]),
        DeskGone(request=every[0], silent=True),
        *(AskReply(request=every[0], problem=problem) for problem in get_args(Wrong)),
        PassTo(request=every[0], offices=OFFICES),
        DeskList(),
        DeskList(requests=tuple(every), countries=tuple((each.country, 2) for each in every[:22]), page=2),
        DeskList(requests=tuple(every[:1]), countries=(("JO", 1),), country="JO"),
        SupportersView(
            offices=tuple((office, people if at else ()) for at, office in enumerate(OFFICES[:4]))
        ),
        *(WhichSupported(office=office, given=typed) for office in OFFICES),
    ]


def _lists(typed: str) -> list[Notice]:
    lines = tuple(Line(id=str(at), text=typed) for at in range(1, 20))
    offers = tuple(
        SupportOffer(id=at, organization=typed, text=typed, session=TITLE, taken=at % 2 == 0)
        for at in range(1, 12)
    )
    return [
        AnswersView(),
        AnswersView(query=typed),
        AnswersView(entries=lines, page=1),
        *(
            AnswerCard(entry=3, question=typed, answer=typed, news=news)
            for news in ("", "published", "withdrawn")
        ),
        AnswerCard(entry=3, question=typed, answer=typed, may_withdraw=True),
        *(AskListed(step="question", question=typed, answer=typed, problem=each) for each in get_args(Wrong)),
        AskListed(step="answer", question=typed),
        AskListed(step="question", question=typed, answer=typed, session="session1"),
        ListedPreview(question=typed, answer=typed, session="session1"),
        ListedPreview(question=typed, answer=typed),
        ListedPreview(question=typed, answer=typed, named=(typed, "Jordan"), unclear=True),
        OffersView(),
        OffersView(offers=offers, page=1),
        OfferTaken(country="JO", organization=typed, text=typed),
    ]
