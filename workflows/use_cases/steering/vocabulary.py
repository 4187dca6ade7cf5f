"""The words of sentences about people in Arabic, English and French, and what sort of thing each of them is."""

from typing import Final, Literal, NamedTuple

from workflows.spelling import plain

LONGEST_PHRASE: Final = 4
Kind = Literal[
    "not", "begin", "finish", "submit", "register", "attend", "absent", "in_person", "office", "remote", "nothing",
    "section", "session", "event", "group", "number", "role", "country", "no_focal_point", "invited", "declined",
    "everybody", "or", "except", "but", "", "?",
]  # fmt: skip
ONLY: Final = "only"
"""The name of words that leave out, but after a negation mean that one alone: «لم يبدأ إلا الأردن»."""


class Word(NamedTuple):
    """A word or phrase of the sentence: its sort, and which one it is."""

    kind: Kind
    name: str = ""
    number: int = 0


def _said(kind: Kind, *phrases: str, name: str = "", number: int = 0) -> dict[str, Word]:
    return dict.fromkeys(map(plain, phrases), Word(kind, name, number))


PHRASES: Final[dict[str, Word]] = {
    **_said(
        "", "the", "of", "to", "who", "whom", "which", "that", "those", "have", "has", "had", "are", "is", "were",
        "was", "in", "for", "on", "with", "a", "an", "and", "yet", "their", "they",
        "people", "persons", "country", "countries", "state", "states", "from", "at", "so", "far", "still",
        "les", "le", "la", "l", "des", "du", "de", "d", "qui", "ont", "a", "est", "sont", "pour", "en", "au", "aux",
        "dans", "et", "mais", "encore", "pays", "etat", "etats", "ceux", "celles", "se", "s", "ils",
        "personnes", "dont", "leur", "y", "ete", "étaient", "avait", "aucune", "de la",
        "من", "الذين", "الذي", "التي", "اللواتي", "في", "على", "إلى", "عن", "كل", "جميع", "دول", "الدول",
        "دولة", "بعد", "هم", "ممن", "قد", "كانوا", "لكن", "لكنه", "لكنهم", "ولكن", "بلدان", "البلدان", "أشخاص",
        "مع", "و",
    ),
    **_said("everybody", "all", "everybody", "everyone", "tous", "toutes", "الجميع"),
    **_said(
        "not", "not", "no", "never", "t", "haven", "hasn", "didn", "n", "ne", "pas", "non", "without", "sans", "لم",
        "لا", "غير", "ليس", "ليسوا", "ليست", "لن", "دون", "بدون", "بلا",
    ),
    **_said(
        "except", "except", "excepted", "excepting", "excluding", "exclude", "excluded", "excl", "save",
        "minus", "less", "bar", "besides", "outside", "apart from", "aside from", "other than", "others than",
        "other countries than", "other states than", "with the exception", "sauf", "hors", "hormis", "excepté",
        "exceptée", "exceptés", "exceptées", "exclus", "à l exception", "à part", "en dehors", "autres que",
        "autre que", "ما عدا", "ماعدا", "فيما عدا", "عدا", "باستثناء", "استثناء", "مستثنى", "مستثناة", "ما خلا",
        "خلا", "خارج", "بخلاف",
    ),
    **_said("except", "إلا", "سوى", name=ONLY),
    **_said("but", "but"),
    **_said(
        "begin", "begun", "began", "begin", "begins", "started", "start", "starts", "commencé", "commencée",
        "commencent", "commence", "entamé", "débuté", "بدأ", "بدأوا", "بدؤوا", "بدأت", "بدءوا", "يبدأ", "يبدأوا",
        "يبدؤوا", "يبدءوا", "تبدأ", "باشر", "باشروا", "باشرت", "يباشر", "يباشروا", "شرع", "شرعوا", "شرعت",
    ),
    **_said(
        "finish", "finished", "finish", "completed", "complete", "done", "terminé", "termine", "achevé", "fini",
        "complété", "أكمل", "أكملوا", "أكملت", "يكمل", "يكملوا", "تكمل", "أنهى", "أنهوا", "أنهت", "ينه", "ينهوا", "أتم",
        "أتموا", "أتمت", "يتم", "يتموا",
    ),
    **_said(
        "submit", "submitted", "submit", "handed in", "sent in", "soumis", "soumettre", "remis", "قدم", "قدموا", "قدمت",
        "يقدم", "يقدموا", "تقدم", "سلم", "سلموا", "سلمت", "يسلم", "يسلموا", "أرسل", "أرسلوا", "يرسل", "يرسلوا",
    ),
    **_said(
        "register", "registered", "register", "signed up", "inscrit", "inscrits", "inscrite", "inscrites",
        "enregistrés", "enregistré", "سجل", "سجلوا", "سجلت", "يسجل", "يسجلوا", "تسجل", "مسجل", "مسجلون", "مسجلين",
        "المسجلين", "المسجلون",
    ),
    **_said(
        "attend", "attended", "attend", "came", "come", "present", "took part", "assisté", "participé", "présents",
        "participent", "présent", "venus",
        "حضر", "حضروا", "حضرت", "يحضر", "يحضروا", "تحضر", "شارك", "شاركوا", "يشارك", "يشاركوا",
        "الحاضرون", "الحاضرين", "حضور",
    ),
    **_said(
        "absent", "absent", "absents", "absente", "absentes", "missed", "manqué", "غاب", "غابوا", "غابت", "تغيب",
        "تغيبوا", "غائب", "غائبون", "غائبين", "الغائبون", "الغائبين",
    ),
    **_said(
        "in_person", "in person", "on site", "onsite", "physically", "en présentiel", "présentiel", "sur place",
        "حضوريا", "حضورياً", "بالحضور الفعلي", "الحضور الفعلي", "بالحضور الشخصي", "شخصيا", "وجاهيا",
    ),
    **_said("office", "office", "offices", "an office", "bureau", "bureaux", "مكتب", "المكتب", "مكاتب", "المكاتب"),
    **_said("remote", "remotely", "remote", "online", "à distance", "en ligne", "عن بعد", "عن بُعد", "افتراضيا"),
    **_said("nothing", "nothing", "anything", "rien", "شيئا", "شيء", "أي شيء", "أي شيئ", "any", "at all"),
    **_said("section", "section", "sections", "partie", "parties", "القسم", "قسم", "القسمين", "الأقسام"),
    **_said(
        "session", "session", "sessions", "séance", "séances", "workshop", "atelier", "الجلسة", "جلسة", "للجلسة",
        "بالجلسة", "الورشة", "ورشة", "للورشة", "الدورة", "دورة",
    ),
    **_said(
        "event", "forum", "conference", "conférence", "colloque", "المنتدى", "منتدى", "للمنتدى", "بالمنتدى", "المؤتمر",
        "مؤتمر", "للمؤتمر", "بالمؤتمر", name="forum",
    ),
    **_said(
        "event", "briefing", "séance d information", "réunion d information", "الإحاطة", "إحاطة", "للإحاطة",
        "جلسة الإحاطة", "جلسة إحاطة", "لجلسة الإحاطة", name="briefing",
    ),
    **_said("event", "dialogue", "dialogues", "الحوار", "حوار", "جلسة الحوار", "للحوار", name="dialogue"),
    **_said("group", "group", "groups", "groupe", "groupes", "المجموعة", "مجموعة", "للمجموعة"),
    **_said(
        "role", "focal point", "focal points", "point focal", "points focaux", "نقطة الاتصال", "نقاط الاتصال",
        "نقطة اتصال", "نقاط اتصال", "جهات الاتصال", "لنقاط الاتصال", name="focal_point",
    ),
    **_said(
        "role", "contributor", "contributors", "contributeur", "contributeurs", "المساهمون", "المساهمين", "مساهم",
        "مساهمين", name="contributor",
    ),
    **_said(
        "role", "secretariat", "officers", "secrétariat", "الأمانة", "أمانة", "الأمانة العامة", name="secretariat"
    ),
    **_said(
        "role", "clearer", "clearers", "clearing authorities", "validateurs", "المجيزون", "جهات الإقرار", name="clearer"
    ),
    **_said("role", "supporters", "supporter", "appuis", "الداعمون", "الداعمين", name="supporter"),
    **_said(
        "no_focal_point", "without focal point", "without focal points", "without a focal point", "no focal point",
        "sans point focal", "sans points focaux", "بلا نقطة اتصال", "دون نقطة اتصال", "بدون نقطة اتصال",
        "ليس لها نقطة اتصال",
    ),
    **_said(
        "invited", "invited", "invités", "invité", "invitées", "المدعوون", "المدعوة", "المدعوين", "دعيت", "دعوا",
    ),
    **_said(
        "declined", "declined", "take no part", "décliné", "refusé", "اعتذر", "اعتذرت", "اعتذروا", "رفضت", "رفضوا",
    ),
    **_said("or", "or", "ou", "أو", "either"),
    **{
        phrase: Word("number", "", number)
        for number, phrases in enumerate(
            (
                ("1", "i", "first", "premier", "premiere", "الاول", "الاولي", "اول", "اولي", "اولا"),
                ("2", "ii", "second", "deuxieme", "seconde", "الثاني", "الثانيه", "ثاني", "ثانيه", "ثانيا"),
                ("3", "iii", "third", "troisieme", "الثالث", "الثالثه", "ثالث", "ثالثه", "ثالثا"),
                ("4", "iv", "fourth", "quatrieme", "الرابع", "الرابعه", "رابع", "رابعه", "رابعا"),
                ("5", "v", "fifth", "cinquieme", "الخامس", "الخامسه", "خامس", "خامسه", "خامسا"),
            ),
            start=1,
        )
        for phrase in phrases
    },
}  # fmt: skip
_SHORT: Final = 3
EXCLUDING: Final = tuple(
    phrase for phrase, word in PHRASES.items() if word.kind == "except" and len(phrase) > _SHORT
)
"""The words that leave out, to know one that is misspelled."""
