"""The closed list of things Rafiq may say, each with the values it needs; `bot.render` chooses the words."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from workflows.notices.door import (
    AccessEnded,
    ChooseLanguage,
    Colleagues,
    Door,
    DoorCode,
    EraseAsk,
    EraseCancelled,
    Erased,
    Handover,
    Help,
    InvitationMade,
    InviteWhom,
    LanguageSet,
    MyData,
    Privacy,
    ReplaceWhom,
    Settings,
    SomebodyCameIn,
    Welcome,
)
from workflows.notices.saying import (
    Budget,
    Line,
    Saying,
    SectionLine,
)
from workflows.notices.standing import (
    CountryLine,
    ProgressView,
    StatusView,
)
from workflows.notices.talk import (
    Answered,
    Ask,
    AskField,
    AskWording,
    ExplainCode,
    Explained,
    Hub,
    LeftOut,
    NothingOpen,
    ProblemCode,
    QuestionLine,
    RecordCard,
    Saved,
    SectionView,
    Toast,
    ToastCode,
    WhichQuestion,
)

Notice = Annotated[
    Ask | Saved | Answered | RecordCard | AskField | AskWording | LeftOut | Hub | SectionView | WhichQuestion
    | NothingOpen | Explained | Welcome | Handover | AccessEnded | SomebodyCameIn | Door | ChooseLanguage
    | LanguageSet | Settings | Help | Privacy | MyData | EraseAsk | Erased | EraseCancelled | ProgressView | StatusView
    | InviteWhom | ReplaceWhom | Colleagues | InvitationMade,
    Field(discriminator="topic"),
]  # fmt: skip

NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)

__all__ = [
    "NOTICE",
    "AccessEnded",
    "Answered",
    "Ask",
    "AskField",
    "AskWording",
    "Budget",
    "ChooseLanguage",
    "Colleagues",
    "CountryLine",
    "Door",
    "DoorCode",
    "EraseAsk",
    "EraseCancelled",
    "Erased",
    "ExplainCode",
    "Explained",
    "Handover",
    "Help",
    "Hub",
    "InvitationMade",
    "InviteWhom",
    "LanguageSet",
    "LeftOut",
    "Line",
    "MyData",
    "NothingOpen",
    "Notice",
    "Privacy",
    "ProblemCode",
    "ProgressView",
    "QuestionLine",
    "RecordCard",
    "ReplaceWhom",
    "Saved",
    "Saying",
    "SectionLine",
    "SectionView",
    "Settings",
    "SomebodyCameIn",
    "StatusView",
    "Toast",
    "ToastCode",
    "Welcome",
    "WhichQuestion",
]
