"""The few questions put to Git."""

from pathlib import Path


def user_email(root: Path) -> str | None:
    """The e-mail address that Git is configured with for the repository around `root`, None if there is none."""
    from git import GitConfigParser, InvalidGitRepositoryError, Repo  # noqa: PLC0415 - slow to load

    try:
        with Repo(root, search_parent_directories=True) as repository, repository.config_reader() as config:
            value = config.get_value("user", "email", "")
    except InvalidGitRepositoryError:
        with GitConfigParser([str(Path.home() / ".gitconfig")]) as config:
            value = config.get_value("user", "email", "")
    return str(value) or None
