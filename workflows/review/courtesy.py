"""Greetings and thanks: people write them to a companion, and none of them is meant for a review."""

import re
from typing import Final

from workflows.spelling import plain

_LONGEST: Final = 80
"""A longer text says more than that."""
_PHRASES: Final = (
    r"و?عليكم السلام( ورحمه الله( و?بركاته)?)?",
    r"السلام عليكم( ورحمه الله( و?بركاته)?)?",
    r"(صباح|مساء) (الخير|النور)",
    r"(مرحبا|اهلا)( وسهلا)?( بكم| بك)?",
    r"تحيه طيبه( وبعد)?",
    r"(مع )?(خالص )?(اطيب )?(تحياتي|تحياتنا|التحيات|التحيه)",
    r"(الف )?شكرا( جزيلا| كثيرا| مقدما)?( لكم| لك)?( جميعا| جزيلا)?",
    r"(نشكركم|اشكركم|شاكرين لكم|جزيل الشكر|مع جزيل الشكر|وجزيل الشكر)( جزيل الشكر)?",
    r"(مشكور|مشكوره|مشكورين|متشكر|متشكرين)",
    r"(يعطيكم|يعطيك) العافيه",
    r"(thank you|thanks)( very much| so much| a lot)?( to all| all)?( in advance)?",
    r"many thanks",
    r"(hello|hi|dear)( all| everyone| colleagues)?",
    r"good (morning|afternoon|evening)( all| everyone| colleagues)?",
    r"(best|kind) regards",
    r"(grand )?merci( beaucoup| bien| infiniment)?( a vous| a tous)?( d avance)?",
    r"(bonjour|bonsoir|salut)( a tous| a vous)?",
    r"(bien )?cordialement",
)
_WHOLE: Final = re.compile(
    rf"(?:{'|'.join(_PHRASES)})(?: (?:و ?)?(?:{'|'.join(_PHRASES)}))*(?: (?:يا )?(?:رفيق|rafiq))?"
)


def is_courtesy(text: str) -> bool:
    """Whether somebody wrote a greeting or thanks in any of the three languages, and nothing else.

    Signs and small pictures beside the words make no difference, nor does spelling: «شكراً جزيلاً 🌹», "Merci !".
    """
    return len(text) <= _LONGEST and bool(_WHOLE.fullmatch(plain(text)))
