"""The environment that commands make for themselves: what the bot runs with, and what tests it once that is wanted."""

import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = "from importlib.metadata import distributions as d; print(*sorted(each.name for each in d()))"


class Checkout:
    """A checkout with the real Makefile and ./rafiq, whose locks pin two small packages that lie beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        (self.folder / "bot").mkdir(parents=True)
        (self.folder / "bot" / "__main__.py").write_text(ASKED)
        for name in ("Makefile", "rafiq"):
            shutil.copy(ROOT / name, self.folder / name)
        self.runs, self.checks = self._wheel("runs"), self._wheel("checks")
        shutil.copy(ROOT / "requirements-bench.lock", self.folder)
        self.locks(self.runs)

    def _wheel(self, name: str) -> str:
        """Make a package of nothing; returns the line that pins it."""
        wheel = self.wheels / f"{name}-1-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            about = f"{name}-1.dist-info"
            archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
            archive.writestr(
                f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr(f"{about}/RECORD", "")
        return f"{name}==1 --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"

    def locks(self, runtime: str) -> None:
        """Write both locks; `runtime` are the lines of what the bot runs with."""
        (self.folder / "requirements.lock").write_text(runtime)
        (self.folder / "requirements-dev.lock").write_text(runtime + self.checks)

    def calls(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Call a command there; packages are taken from the folder beside it only."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PIP_"))
        }
        environment = inherited | {
            "PYTHON": sys.executable,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_CONFIG_FILE": os.devnull,
        }
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def installed(self, command: "subprocess.CompletedProcess[str]") -> set[str]:
        """Which of the two packages the bot finds that a command has started."""
        assert command.returncode == 0, command.stderr
        return set(command.stdout.split()) & {"runs", "checks"}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_bot_is_given_what_it_runs_with_and_tests_complete_it(checkout: Checkout) -> None:
    checkout.locks(f"runs==1 --hash=sha256:{'0' * 64}\n")
    refused = checkout.calls("./rafiq")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "could not be installed" in refused.stderr
    assert "HASH" in refused.stderr.upper()

    checkout.locks(checkout.runs)
    first = checkout.calls("./rafiq")
    assert checkout.installed(first) == {"runs"}
    assert "requirements.lock" in first.stderr
    again = checkout.calls("./rafiq")
    assert (checkout.installed(again), again.stderr) == ({"runs"}, "")

    completed = checkout.calls("make", "setup")
    assert completed.returncode == 0, completed.stderr
    assert "requirements-dev.lock" in completed.stderr
    after = checkout.calls("./rafiq")
    assert (checkout.installed(after), after.stderr) == ({"runs", "checks"}, "")
    assert checkout.calls("make", "setup").stderr == ""
