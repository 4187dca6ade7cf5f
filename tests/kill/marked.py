"""The shipped template with a mark in every prompt's words, so that a person can tell which question a card asks."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from workflows.review.judge import judge
from workflows.review.template import Template

SHIPPED: Final = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"
LONG: Final = "1f.2"
"""A prompt whose words take two messages."""
_MARK: Final = re.compile(r"⟦([0-9a-z.]+)⟧")
_BOLD: Final = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_WESTERN: Final = {ord(digit): str(number) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c"))


def marked(path: Path) -> Template:
    """Write the marked template there, and give it as the bot will read it."""
    tree: dict[str, Any] = yaml.load(SHIPPED.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    for section in tree["sections"]:
        for question in section["questions"]:
            for prompt in question["prompts"]:
                _mark(prompt)
    path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")
    template = judge(path.read_text("utf-8"))
    assert isinstance(template, Template), [str(fault) for fault in template]
    return template


def _mark(prompt: dict[str, Any]) -> None:
    mark = " ⟦" + prompt["id"] + "⟧"
    more = mark + " …" * 2200 + mark if prompt["id"] == LONG else mark
    prompt["text"] = {language: words + more for language, words in prompt["text"].items()}
    if "text_ar_corrected" in prompt:
        prompt["text_ar_corrected"] += more


def visible(text: str) -> str:
    """A text with western digits and without marks of direction."""
    return text.translate(_INVISIBLE).translate(_WESTERN)


def mark_of(html: str) -> str:
    """The prompt that a card asks, by the mark in its bold words; above and below may stand others in small print."""
    bold = _BOLD.findall(visible(html))
    return next(iter(_MARK.findall(" ".join(bold)) or _MARK.findall(visible(html))), "")
