"""Greetings and thanks: people write them to a companion, and none of them is meant for a review."""

import re
from typing import Final

from workflows.spelling import plain

_LONGEST: Final = 80
"""A longer text says more than that."""
_FIRST: Final = 24
"""The first word stands within so many letters and signs; most texts are told by it alone."""
_BLESSING: Final = "( ورحمه الله( و?بركاته)?)?"
_TO_ALL: Final = "( all| everyone| colleagues)?"
_THANKS: Final = "( very much| so much| a lot)?( to all| all)?( in advance)?"
_PHRASES: Final = {
    "السلام": f" عليكم{_BLESSING}",
    "عليكم": f" السلام{_BLESSING}",
    "وعليكم": f" السلام{_BLESSING}",
    "صباح": " (الخير|النور)",
    "مساء": " (الخير|النور)",
    "مرحبا": "( وسهلا)?( بكم| بك)?",
    "اهلا": "( وسهلا)?( بكم| بك)?",
    "تحيه": " طيبه( وبعد)?",
    "مع": " (خالص |اطيب )?(تحياتي|تحياتنا|التحيات|التحيه|جزيل الشكر)",
    "تحياتي": "",
    "تحياتنا": "",
    "شكرا": "( جزيلا| كثيرا| مقدما)?( لكم| لك)?( جميعا| جزيلا)?",
    "الف": " شكرا?( لكم| لك)?",
    "جزيل": " الشكر",
    "نشكركم": "( جزيل الشكر)?",
    "اشكركم": "( جزيل الشكر)?",
    "شاكرين": " لكم",
    "مشكور": "",
    "مشكورين": "",
    "متشكر": "",
    "متشكرين": "",
    "يعطيكم": " العافيه",
    "يعطيك": " العافيه",
    "thank": f" you{_THANKS}",
    "thanks": _THANKS,
    "many": " thanks",
    "hello": _TO_ALL,
    "hi": _TO_ALL,
    "dear": _TO_ALL,
    "good": f" (morning|afternoon|evening){_TO_ALL}",
    "best": " regards",
    "kind": " regards",
    "merci": "( beaucoup| bien| infiniment)?( a vous| a tous)?( d avance)?",
    "grand": " merci",
    "bonjour": "( a tous| a vous)?",
    "bonsoir": "( a tous| a vous)?",
    "salut": "( a tous| a vous)?",
    "cordialement": "",
    "bien": " cordialement",
}
"""How each of them begins, and what may follow that word, plainly spelled."""
_ONE: Final = "|".join(f"{first}{rest}" for first, rest in _PHRASES.items())
_WHOLE: Final = re.compile(rf"(?:{_ONE})(?: (?:و ?)?(?:{_ONE}))*(?: (?:يا )?(?:رفيق|rafiq))?")


def is_courtesy(text: str) -> bool:
    """Whether somebody wrote a greeting or thanks in any of the three languages, and nothing else.

    Signs and small pictures beside the words make no difference, nor does spelling: «شكراً جزيلاً 🌹», "Merci !".
    """
    if len(text) > _LONGEST:
        return False
    begun = plain(text[:_FIRST]).partition(" ")[0]
    return begun in _PHRASES and bool(_WHOLE.fullmatch(plain(text)))
