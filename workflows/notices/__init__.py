"""The closed list of things Rafiq may say, each with the values it needs; `bot.render` chooses the words."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from workflows.notices.assessment import AssessmentNotice
from workflows.notices.audit import AuditEntry, AuditView
from workflows.notices.calendar import (
    AgendaList,
    AgendaView,
    CalendarFile,
    CalendarView,
    EventCard,
    EventChange,
    EventLine,
    FileEvent,
    ItemLine,
    PartLine,
    TakingPartCard,
    TakingPartTold,
    ThemeLine,
)
from workflows.notices.clearing import ClearingNotice
from workflows.notices.contradictions import ContradictionAsk
from workflows.notices.documents import DocumentCard, DocumentsView, TemplateFile
from workflows.notices.door import (
    AccessEnded,
    ChooseLanguage,
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
from workflows.notices.earlier import EarlierNotice
from workflows.notices.exchange import ExchangeNotice
from workflows.notices.filled import FilledNotice
from workflows.notices.glossary import GlossaryNotice
from workflows.notices.hands import Colleagues, Given, HandsNotice, TwoTexts
from workflows.notices.inputs import InputNotice
from workflows.notices.inputs_desk import InputDeskNotice
from workflows.notices.people_desk import PeopleDeskNotice
from workflows.notices.points import PointsNotice
from workflows.notices.reminders import (
    Reminder,
    ReminderCause,
    ReminderContent,
    ReminderCount,
    ReminderCountries,
    ReminderHours,
    ReminderItem,
    ReminderLine,
    ReminderLog,
    ReminderOutcome,
    ReminderReason,
    ReminderShift,
    RemindersView,
    ReminderWhy,
    Snoozed,
)
from workflows.notices.saying import (
    Budget,
    Line,
    Saying,
    SectionLine,
)
from workflows.notices.scheduling import ScheduleNotice
from workflows.notices.side_by_side import ReviewsTable
from workflows.notices.speaking import SpeakingNotice
from workflows.notices.standing import (
    CountryDate,
    CountryLine,
    CountryPerson,
    CountryPick,
    CountryView,
    Movement,
    Occasion,
    ProgressView,
    Standing,
    StatusChanges,
    StatusFigures,
    StatusFile,
    StatusFilter,
    StatusList,
    StatusNotes,
    StatusView,
)
from workflows.notices.steering import SteeringNotice
from workflows.notices.submission import SubmissionNotice
from workflows.notices.support import SupportNotice
from workflows.notices.support_group import SupportGroupNotice
from workflows.notices.tagged import TaggedNotice
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
from workflows.notices.ways import WayShown
from workflows.notices.workshop_desk import DeskNotice
from workflows.notices.workshops import SessionNotice

Notice = Annotated[
    Ask | Saved | Answered | RecordCard | AskField | AskWording | LeftOut | Hub | SectionView | WhichQuestion
    | NothingOpen | Explained | Welcome | Handover | AccessEnded | SomebodyCameIn | Door | ChooseLanguage
    | LanguageSet | Settings | Help | Privacy | MyData | EraseAsk | Erased | EraseCancelled | ProgressView | StatusView
    | StatusList | StatusChanges | StatusFile | StatusNotes | CountryPick | CountryView
    | DocumentsView | DocumentCard | TemplateFile
    | AuditView
    | CalendarView | EventCard | AgendaView | AgendaList | CalendarFile | TakingPartCard | TakingPartTold
    | InviteWhom | ReplaceWhom | InvitationMade
    | SupportNotice | SupportGroupNotice | PeopleDeskNotice | ContradictionAsk | WayShown
    | SessionNotice | DeskNotice | SpeakingNotice | PointsNotice
    | ExchangeNotice | ReviewsTable | ScheduleNotice | SubmissionNotice | SteeringNotice
    | HandsNotice | EarlierNotice | FilledNotice | AssessmentNotice | TaggedNotice | GlossaryNotice | ClearingNotice
    | Reminder | ReminderWhy | RemindersView | ReminderHours | Snoozed | ReminderLog | ReminderCountries
    | InputNotice | InputDeskNotice,
    Field(discriminator="topic"),
]  # fmt: skip

NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)

__all__ = [
    "NOTICE",
    "AccessEnded",
    "AgendaList",
    "AgendaView",
    "Answered",
    "Ask",
    "AskField",
    "AskWording",
    "AssessmentNotice",
    "AuditEntry",
    "AuditView",
    "Budget",
    "CalendarFile",
    "CalendarView",
    "ChooseLanguage",
    "Colleagues",
    "ContradictionAsk",
    "CountryDate",
    "CountryLine",
    "CountryPerson",
    "CountryPick",
    "CountryView",
    "DeskNotice",
    "DocumentCard",
    "DocumentsView",
    "Door",
    "DoorCode",
    "EraseAsk",
    "EraseCancelled",
    "Erased",
    "EventCard",
    "EventChange",
    "EventLine",
    "ExchangeNotice",
    "ExplainCode",
    "Explained",
    "FileEvent",
    "Given",
    "Handover",
    "HandsNotice",
    "Help",
    "Hub",
    "InvitationMade",
    "InviteWhom",
    "ItemLine",
    "LanguageSet",
    "LeftOut",
    "Line",
    "Movement",
    "MyData",
    "NothingOpen",
    "Notice",
    "Occasion",
    "PartLine",
    "PeopleDeskNotice",
    "PointsNotice",
    "Privacy",
    "ProblemCode",
    "ProgressView",
    "QuestionLine",
    "RecordCard",
    "Reminder",
    "ReminderCause",
    "ReminderContent",
    "ReminderCount",
    "ReminderCountries",
    "ReminderHours",
    "ReminderItem",
    "ReminderLine",
    "ReminderLog",
    "ReminderOutcome",
    "ReminderReason",
    "ReminderShift",
    "ReminderWhy",
    "RemindersView",
    "ReplaceWhom",
    "ReviewsTable",
    "Saved",
    "Saying",
    "ScheduleNotice",
    "SectionLine",
    "SectionView",
    "SessionNotice",
    "Settings",
    "Snoozed",
    "SomebodyCameIn",
    "SpeakingNotice",
    "Standing",
    "StatusChanges",
    "StatusFigures",
    "StatusFile",
    "StatusFilter",
    "StatusList",
    "StatusNotes",
    "StatusView",
    "SteeringNotice",
    "SubmissionNotice",
    "SupportGroupNotice",
    "SupportNotice",
    "TakingPartCard",
    "TakingPartTold",
    "TemplateFile",
    "ThemeLine",
    "Toast",
    "ToastCode",
    "TwoTexts",
    "WayShown",
    "Welcome",
    "WhichQuestion",
]
