"""The words of typed dates in Arabic, English and French, and the sort of thing that each of them is."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from workflows.cycle.days.hijri import MONTH_NAMES
from workflows.reference.month_words import MONTHS
from workflows.spelling import plain, western_digits


class Token(NamedTuple):
    """A word or number of a date.

    `kind` is N a number of one or two digits, Y a year, M a month, P a part of a month or year, W a weekday, R a day
    seen from today, C a clock time in minutes, @ the word before one; d w m y units of time, I "in" or "after", X next,
    V this, L last, T "to" or "until", A "and", B "by"; E the Hijri and G the common era, Z a time zone;
    - / . , as they are.
    `lunar` tells Hijri months and years. `marked` is a clock time that says whether it is before or after noon.
    """

    kind: str
    value: int = 0
    lunar: bool = False
    name: str = ""
    marked: bool = False


PARTS: Final[dict[str, tuple[str, ...]]] = {
    "early": ("أوائل", "مطلع", "بداية", "بدايات", "أول شهر", "early", "beginning", "start", "debut"),
    "mid": ("منتصف", "أواسط", "وسط", "mid", "mid -", "middle", "mi", "mi -", "milieu"),
    "late": ("أواخر", "نهاية", "آخر", "أخر", "ختام", "late", "end", "fin"),
    "half1": ("النصف الأول", "first half", "1st half", "premier semestre", "premiere moitie"),
    "half2": (
        "النصف الثاني", "second half", "2nd half",
        "second semestre", "deuxieme semestre", "seconde moitie", "deuxieme moitie",
    ),
    "quarter1": ("الربع الأول", "first quarter", "q1", "premier trimestre"),
    "quarter2": ("الربع الثاني", "second quarter", "q2", "deuxieme trimestre", "second trimestre"),
    "quarter3": ("الربع الثالث", "third quarter", "q3", "troisieme trimestre"),
    "quarter4": ("الربع الرابع", "الربع الأخير", "fourth quarter", "last quarter", "q4", "quatrieme trimestre"),
}  # fmt: skip

_WEEKDAYS: Final = (
    ("الاثنين", "الإثنين", "اثنين", "monday", "mon", "lundi"),
    ("الثلاثاء", "الثلاثا", "ثلاثاء", "tuesday", "tue", "tues", "mardi"),
    ("الأربعاء", "الأربعا", "أربعاء", "wednesday", "wed", "mercredi"),
    ("الخميس", "خميس", "thursday", "thu", "thur", "thurs", "jeudi"),
    ("الجمعة", "جمعة", "friday", "fri", "vendredi"),
    ("السبت", "سبت", "saturday", "sat", "samedi"),
    ("الأحد", "أحد", "sunday", "sun", "dimanche"),
)
_LUNAR_MONTHS: Final = (
    ("محرم", "محرم الحرام", "muharram", "mouharram", "moharram"),
    ("صفر", "safar"),
    ("ربيع الأول", "ربيع أول", "rabi al awwal", "rabi i", "rabia al awal", "rabi al-awwal"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع ثاني", "rabi al thani", "rabi ii", "rabia ath thania"),
    ("جمادى الأولى", "جمادى الأول", "جماد الأول", "jumada al ula", "jumada i", "joumada al oula"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادى الثاني", "جماد الثاني", "jumada al akhirah", "jumada ii"),
    ("رجب", "rajab", "redjeb"),
    ("شعبان", "shaban", "sha'ban", "chaabane", "chaaban"),
    ("رمضان", "ramadan", "ramadhan"),
    ("شوال", "shawwal", "chawwal"),
    ("ذو القعدة", "ذي القعدة", "ذوالقعدة", "dhu al qadah", "dhu al-qi'dah", "dhul qadah", "dhou al qida"),
    ("ذو الحجة", "ذي الحجة", "ذوالحجة", "dhu al hijjah", "dhu al-hijjah", "dhul hijjah", "dhou al hijja"),
)
_RELATIVE: Final[dict[int, tuple[str, ...]]] = {
    -1: ("أمس", "البارحة", "yesterday", "hier"),
    0: ("اليوم", "today", "aujourd'hui"),
    1: ("غدا", "غدًا", "بكرة", "بكرا", "غد", "يوم غد", "tomorrow", "demain"),
    2: ("بعد غد", "بعد غدًا", "بعد بكرة", "day after tomorrow", "apres - demain", "apres demain"),
}  # fmt: skip
_NUMBERS: Final[dict[int, tuple[str, ...]]] = {
    1: ("one", "un", "une", "الأول", "first", "premier", "1er", "واحد"),
    2: ("two", "deux", "الثاني", "second", "اثنان"),
    3: ("three", "trois", "ثلاثة", "ثلاث", "الثالث", "third"),
    4: ("four", "quatre", "أربعة", "أربع", "الرابع", "fourth"),
    5: ("five", "cinq", "خمسة", "خمس", "الخامس", "fifth"),
    6: ("six", "ستة", "ست", "السادس", "sixth"),
    7: ("seven", "سبعة", "سبع", "السابع", "seventh"),
    8: ("eight", "huit", "ثمانية", "ثماني", "الثامن", "eighth"),
    9: ("nine", "neuf", "تسعة", "تسع", "التاسع", "ninth"),
    10: ("ten", "dix", "عشرة", "عشر", "العاشر", "tenth"),
    15: ("quinze", "fifteen", "خمسة عشر"),
}
_UNITS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "d": (("يوم", "أيام", "يوما", "day", "days", "jour", "jours"), ("يومين",)),
    "w": (("أسبوع", "الأسبوع", "أسابيع", "أسبوعا", "week", "weeks", "semaine", "semaines"), ("أسبوعين",)),
    "m": (("شهر", "الشهر", "أشهر", "شهور", "شهرا", "month", "months", "mois"), ("شهرين",)),
    "y": (("سنة", "السنة", "عام", "العام", "year", "an", "annee", "l ' annee", "l'an"), ("سنتين", "عامين")),
}
_OTHER: Final[dict[str, tuple[str, ...]]] = {
    "I": ("بعد", "in", "after", "dans", "apres"),
    "X": ("القادم", "القادمة", "المقبل", "المقبلة", "الجاي", "التالي", "next", "coming", "prochain", "prochaine"),
    "V": ("هذا", "هذه", "this", "ce", "cet", "cette"),
    "L": ("الماضي", "الماضية", "الفائت", "last", "dernier", "derniere", "passe", "passee"),
    "T": ("إلى", "الى", "حتى", "لغاية", "to", "until", "till", "through", "au", "a", "jusqu ' a", "jusqu ' au"),
    "A": ("و", "and", "et", "&"),
    "B": ("بحلول", "في موعد أقصاه", "by", "no later than", "d ' ici", "au plus tard"),
    "@": ("الساعة", "ساعة", "at", "o ' clock"),
    "E": ("هـ", "ه", "هجري", "هجرية", "الهجري", "ah", "h", "hijri", "hegire", "de l ' hegire"),
    "G": ("م", "ميلادي", "ميلادية", "ad"),
    "": (
        "في", "من", "ب", "ل", "بتاريخ", "تاريخ", "بين", "ما بين", "ابتداء من", "ابتداء", "اعتبارا من", "شهري",
        "on", "the", "of", "from", "between", "starting", "date", "st", "nd", "rd", "th",
        "le", "la", "les", "l", "du", "de", "des", "d", "en", "er", "ere", "eme", "entre", "partir", "a partir", "vers",
        "(", ")", "«", "»", '"', "'", "“", "”", "!", "؟", "?", "[", "]", "*",
    ),
    "-": ("-",), "/": ("/",), ".": (".",), ",": (",",),
}  # fmt: skip

_CLOCK_WORDS: Final = {
    720: ("noon", "midi", "الظهر", "منتصف النهار"),
}
_ZONES: Final = {
    "Africa/Cairo": ("بتوقيت القاهرة", "cairo time", "heure du caire", "heure de caire"),
    "Asia/Beirut": ("بتوقيت بيروت", "beirut time", "heure de beyrouth"),
    "UTC": ("utc", "gmt", "بالتوقيت العالمي", "بتوقيت غرينتش", "توقيت غرينتش"),
}
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("–—−‐‑‒ـ﹣－", "-"),
        **dict.fromkeys("،؛;", ","),
        **dict.fromkeys("⁄∕", "/"),
        "：": ":",
        "٫": ":",
        "’": "'",
    }
)
_PIECES: Final = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|[\d_]")


def bare(text: str) -> str:
    """The text in one spelling of each word, with its signs: digits 0-9, one sort of dash, a space between pieces."""
    shown = "".join(
        sign for sign in text.replace("ـ", "") if unicodedata.category(sign) not in ("Cf", "Cc", "Mn")
    )
    pieces = _PIECES.findall(western_digits(shown).translate(_SIGNS))
    return " ".join(plain(piece) if piece[0].isalpha() else piece for piece in pieces)


def _entries() -> Iterator[tuple[str, Token]]:
    yield from ((word, Token("M", number)) for word, number in MONTHS.items())
    for number, names in enumerate(_LUNAR_MONTHS, start=1):
        ours = MONTH_NAMES[number - 1]
        yield from ((word, Token("M", number, lunar=True)) for word in (*names, ours.ar, ours.en, ours.fr))
    for number, names in enumerate(_WEEKDAYS):
        yield from ((word, Token("W", number)) for word in names)
    for table, kind in ((_RELATIVE, "R"), (_NUMBERS, "N")):
        yield from ((word, Token(kind, number)) for number, words in table.items() for word in words)
    for kind, (singles, doubles) in _UNITS.items():
        yield from ((word, Token(kind, 1)) for word in singles)
        yield from ((word, Token(kind, 2)) for word in doubles)
    yield from ((word, Token("P", name=part)) for part, words in PARTS.items() for word in words)
    yield from ((word, Token("C", at, marked=True)) for at, words in _CLOCK_WORDS.items() for word in words)
    yield from ((word, Token("Z", name=zone)) for zone, words in _ZONES.items() for word in words)
    yield from ((word, Token(kind)) for kind, words in _OTHER.items() for word in words)


WORDS: Final = {tuple(bare(word).split()): token for word, token in _entries()}
"""What a word or phrase means, by its words in one spelling."""

LONGEST_PHRASE: Final = max(map(len, WORDS))
