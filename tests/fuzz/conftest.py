"""How long the fuzzing goes on: a few seconds in every run, and as many examples as RAFIQ_FUZZ says by command."""

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("RAFIQ_FUZZ", "0"))

# The same examples in every ordinary run, so that a red one is the change's doing; `make fuzz` draws new ones.
settings.register_profile(
    "fuzz",
    deadline=None,
    print_blob=True,
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
FUZZ = settings.get_profile("fuzz")
ALIVE = settings(FUZZ, max_examples=EXAMPLES or 30, phases=(Phase.generate,))
"""For examples that a running bot meets one after the other: none is shrunk, as the second time is not the first."""
