"""The keys between a state and the secretariat: the longest still fit, and what none of them says is told apart."""

import pytest

from bot.buttons import LIMIT, Did, Forged, read, write
from tests.render.samples import TEMPLATE

EDITION = "99999999"
LONGEST = max((section.id for section in TEMPLATE.sections), key=len)
PROMPT = max(TEMPLATE.prompts, key=len)


@pytest.mark.parametrize(
    ("verb", "arg"),
    [
        ("share", f"sure.{LONGEST}"),
        ("consent", EDITION),
        ("consent_section", f"{EDITION}.{LONGEST}.99"),
        ("agree", f"{EDITION}.publish.sure.9.{LONGEST}:{PROMPT}"),
        ("review", "JO.card"),
        ("read", f"JO.d.{LONGEST}.99"),
        ("review_file", "JO"),
        ("review_answer", f"{EDITION}.{PROMPT}"),
        ("review_return", f"{EDITION}.sure"),
        ("remark", f"comment.{EDITION}.{PROMPT}"),
        ("remark_accept", f"{EDITION}.sure.99999"),
        ("remarks", "JO.99"),
        ("remarks", ".9"),
    ],
)
def test_the_longest_keys_are_read_back(verb: str, arg: str) -> None:
    data = write(Did(verb, arg))
    assert len(data) <= LIMIT
    assert read(data) == Did(verb, arg)


@pytest.mark.parametrize(
    "data",
    [
        "do.share.maybe", "do.share.on", "do.share.on.", "do.share.on.A", "do.share.on.a b", "do.consent.0",
        "do.consent.x", "do.consent_section.7", "do.consent_section.7.methodology", "do.agree.7.publish.yes",
        "do.agree.7.sell.yes.0.methodology:all", "do.agree.7.quote.perhaps.0.methodology:all",
        "do.agree.0.quote.yes.0.methodology:all", "do.agree.7.quote.yes.0.methodology", "do.review.jo",
        "do.review.JOR", "do.review.JO.all", "do.read.JO", "do.read.JO.x.methodology.0", "do.read.JO.s.methodology.-1",
        "do.read.JO.s..0", "do.review_file", "do.review_file.*", "do.review_answer.7", "do.review_return",
        "do.review_return.7.yes", "do.review_reopen.7.sure", "do.remark.praise.7.1f.2", "do.remark.comment.1f.2",
        "do.remark_accept", "do.remark_accept.7.yes", "do.remark_accept.7.sure.x", "do.remark_edit.-7",
        "do.remarks.jo", "do.remarks.JO.x",
    ],
)  # fmt: skip
def test_a_forged_key_is_told_apart(data: str) -> None:
    assert read(data) == Forged(data)
