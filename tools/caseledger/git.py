"""Who is at work, as Git is configured, and what it keeps. What Git says happened is asked in `history`."""

import os
from pathlib import Path


def user_email(root: Path) -> str | None:
    """The e-mail address that Git is configured with at `root`, None if there is none (git-config(1))."""
    import subprocess  # noqa: PLC0415 - slow to load, and who is named need not be asked for

    asked = subprocess.run(
        ["git", "config", "--get", "user.email"], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    return asked.stdout.strip() or None


def keeps(root: Path, path: Path) -> bool:
    """Whether Git has anything at `path` from `root` or below it, in whatever case; it has nothing outside a clone."""
    import subprocess  # noqa: PLC0415 - slow to load, and seldom needed

    words = ["git", "ls-files", "-z", "--", f":(icase){path.as_posix()}"]
    try:
        plain = {**os.environ, "GIT_LITERAL_PATHSPECS": "0"}
        asked = subprocess.run(words, cwd=root, env=plain, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return asked.returncode == 0 and bool(asked.stdout)
