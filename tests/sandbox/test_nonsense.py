"""Whatever a call carries, the sandbox answers or refuses; it never stumbles."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import RefusedError

NAMES = [
    "chat_id",
    "message_id",
    "text",
    "caption",
    "parse_mode",
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "callback_query_id",
    "reaction",
    "action",
    "commands",
    "scope",
    "language_code",
    "document",
    "photo",
    "file_id",
    "name",
    "allowed_updates",
]
KEYS = ["inline_keyboard", "text", "callback_data", "type", "offset", "length", "message_id", "emoji", "url"]
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-3, max_value=2000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.sampled_from('ab<>/&;😀ي{}[]" \n'), max_size=12),
    st.sampled_from(["HTML", "1001", "typing", "<b>x</b>", "bold", "chat", "<a href='x'>y</a>"]),
)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.sampled_from(sorted(set(METHODS) - {"setwebhook"})),
    st.dictionaries(st.sampled_from(NAMES), values, max_size=6),
)
def test_every_call_is_answered_or_refused(method: str, given_values: dict[str, object]) -> None:
    sandbox = Sandbox()
    layla = sandbox.person("Layla", user_id=1001)
    layla.starts()
    try:
        result = METHODS[method](sandbox, Parameters({"chat_id": 1001, "text": "x"} | given_values))
    except RefusedError as refusal:
        result = refusal.description
    assert orjson.dumps(result)
    assert orjson.dumps([message.as_page() for message in layla.messages])
    assert all(message.html for message in layla.messages if message.text)
