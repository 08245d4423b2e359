"""Who is at work, as Git is configured. What Git says happened is asked in `history`."""

from pathlib import Path


def user_email(root: Path) -> str | None:
    """The e-mail address that Git is configured with at `root`, None if there is none (git-config(1))."""
    import subprocess  # noqa: PLC0415 - slow to load, and who is named need not be asked for

    asked = subprocess.run(
        ["git", "config", "--get", "user.email"], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    return asked.stdout.strip() or None
