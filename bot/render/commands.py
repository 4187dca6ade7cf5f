"""The commands by role, with what each of them does; the same list is in the menu and in the help."""

from collections.abc import Iterable
from typing import Final

from bot.render.headings import N_
from bot.render.markup import SafeHtml, lines, plain
from bot.render.voice import Voice
from workflows.reference.nearest import nearest

_ABOUT = {
    "start": N_("Begin, or return to where you were"),
    "continue": N_("The next open question"),
    "sections": N_("All sections of the template"),
    "progress": N_("What is settled and what is left"),
    "submit": N_("Look at the whole, have it cleared, submit it"),
    "clearing": N_("How many clearances, and by whom"),
    "editions": N_("The frozen texts, as documents"),
    "export": N_("Your draft as it is now, as a document"),
    "share": N_("Who reads your draft: share it, take it back"),
    "remarks": N_("Remarks on submitted answers"),
    "consent": N_("What may be published and quoted"),
    "review": N_("Read what a country submitted or shares"),
    "colleagues": N_("Who takes part for your country"),
    "consultations": N_("The log of your country's consultations"),
    "assess": N_("Self-assessment: the guiding principles, and an outline"),
    "calendar": N_("What comes next, and when"),
    "agenda": N_("The agenda of a session: what is on, what is next"),
    "reminders": N_("Your reminders: what comes, when, and how"),
    "documents": N_("The reference documents and the template as a file"),
    "status": N_("Where each country stands"),
    "country": N_("One country: how far it is, its people and dates"),
    "audit": N_("Who did what, and when"),
    "ask": N_("Ask: answered from the notes, or by a person"),
    "requests": N_("Requests for support"),
    "answers": N_("Questions that were answered, for everybody"),
    "offers": N_("Offers of support that your country can take up"),
    "supporters": N_("Who answers requests; invite a supporter"),
    "workshop": N_("A session or conference: who attends, questions, next steps"),
    "schedule": N_("Set or move a date, a place or a link"),
    "announce": N_("Write to many: for whom, preview, when"),
    "people": N_("Who takes part, who is missing; links and places"),
    "told": N_("Who was told what"),
    "inputs": N_("Written inputs: calls, who has written, what is public"),
    "invite": N_("Make an invitation link"),
    "replace": N_("Let a successor take over a place"),
    "language": N_("Choose the language"),
    "settings": N_("Language, digits and hours"),
    "privacy": N_("What is kept, and who reads it"),
    "mydata": N_("A file with your details and the answers you wrote"),
    "erase": N_("Erase what is kept about you"),
    "help": N_("How Rafiq works"),
}

_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "start": ("ابدأ", "ابدؤوا", "بداية", "commencer", "debut"),
    "continue": ("متابعة", "تابع", "continuer", "next"),
    "sections": ("أقسام", "قسم"),
    "progress": ("تقدم", "progres", "avancement"),
    "submit": ("تقديم", "soumettre", "soumission"),
    "clearing": ("إقرار", "إقرارات", "validation", "validations", "clearance"),
    "editions": ("نصوص", "نسخ", "textes", "versions"),
    "export": ("تصدير", "مسودة", "exporter", "draft"),
    "share": ("مشاركة", "شارك", "partager", "partage"),
    "remarks": ("ملاحظات", "observations", "remarques"),
    "consent": ("موافقة", "consentement", "publication"),
    "review": ("استعراض", "examen"),
    "colleagues": ("زملاء", "مشاركون", "collegues"),
    "consultations": ("مشاورات",),
    "assess": ("تقييم", "evaluer", "autoevaluation", "assessment"),
    "calendar": ("تقويم", "مواعيد", "تواريخ", "calendrier", "dates"),
    "agenda": ("جدول", "جدول_الأعمال", "ordre_du_jour"),
    "reminders": ("تذكير", "تذكيرات", "rappels"),
    "documents": ("وثائق", "مستندات"),
    "status": ("وضع", "حالة", "statut", "etat"),
    "country": ("بلد", "pays"),
    "audit": ("تدقيق", "journal"),
    "ask": ("اسأل", "سؤال", "اسألوا", "question", "demander"),
    "requests": ("طلبات", "demandes"),
    "answers": ("أجوبة", "إجابات", "reponses"),
    "offers": ("عروض", "offres"),
    "supporters": ("جهات_داعمة", "داعمون", "appui"),
    "workshop": ("ورشة", "جلسة", "atelier", "seance", "session"),
    "schedule": ("موعد", "جدولة", "programmer", "planifier"),
    "announce": ("إعلان", "annoncer", "annonce"),
    "people": ("أشخاص", "personnes"),
    "told": ("أبلغ", "informes"),
    "inputs": ("مدخلات", "المدخلات", "contributions", "contribution"),
    "invite": ("دعوة", "ادع", "inviter", "invitation"),
    "replace": ("استبدال", "خلف", "remplacer", "successor"),
    "language": ("لغة", "langue"),
    "settings": ("إعدادات", "parametres", "reglages"),
    "privacy": ("خصوصية", "confidentialite"),
    "mydata": ("بياناتي", "mes_donnees", "mesdonnees"),
    "erase": ("محو", "حذف", "effacer", "delete"),
    "help": ("مساعدة", "aide"),
}
"""What people type who look for a command in their own words; it is only suggested, never done."""

_OWN = ("language", "settings", "privacy", "mydata", "erase", "help")
_BY_ROLE: dict[str, tuple[str, ...]] = {
    "": ("start", "language", "privacy", "help"),
    "former": ("language", "privacy", "mydata", "erase", "help"),
    "focal_point": (
        "start",
        "continue",
        "sections",
        "progress",
        "submit",
        "clearing",
        "editions",
        "export",
        "share",
        "remarks",
        "consent",
        "colleagues",
        "consultations",
        "assess",
        "ask",
        "requests",
        "answers",
        "offers",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        *_OWN,
    ),
    "contributor": (
        "start",
        "continue",
        "sections",
        "progress",
        "ask",
        "requests",
        "answers",
        "offers",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        *_OWN,
    ),
    "stakeholder": ("start", "language", "privacy", "mydata", "erase", "help"),
    "clearer": ("start", "editions", "ask", "requests", "answers", "documents", *_OWN),
    "supporter": ("start", "requests", "answers", "calendar", "documents", *_OWN),
    "secretariat": (
        "start",
        "status",
        "country",
        "clearing",
        "review",
        "remarks",
        "requests",
        "supporters",
        "answers",
        "workshop",
        "schedule",
        "announce",
        "people",
        "told",
        "inputs",
        "invite",
        "replace",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        "audit",
        *_OWN,
    ),
}
ROLES = tuple(_BY_ROLE)
"""The roles that have commands; the empty one is for somebody not known, "former" for whose place has ended."""


def commands(role: str) -> tuple[tuple[str, str], ...]:
    """The commands of a role in the order of the menu, each with what it does, to be translated."""
    return tuple((name, _ABOUT[name]) for name in _BY_ROLE[role])


def command_lines(names: Iterable[str], voice: Voice) -> SafeHtml:
    """These commands, each in a line with what it does."""
    return lines(
        plain(
            voice.gettext(
                "{command}: {about}", command=voice.command(name), about=voice.gettext(_ABOUT[name])
            )
        )
        for name in names
    )


def meant(given: str, role: str) -> tuple[str, ...]:
    """The commands of a role that look most like what was typed, by any of their names; none where it is one itself."""
    open_to = _BY_ROLE.get(role, ())
    return () if given in open_to else nearest(given, {name: (name, *_ALSO[name]) for name in open_to})
