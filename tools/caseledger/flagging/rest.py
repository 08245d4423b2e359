"""Requests to a forge's REST interface: how long to wait for it, when to ask again, and what its refusals mean.

Reading is repeated. Writing never is: who knows whether it was carried out? Whoever wrote has to look again (Unsure).
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import requests

from caseledger import __version__
from caseledger.errors import CannotGoOn
from caseledger.flagging.tracker import Refused, Unsure
from caseledger.language import N_, Text

TOKEN_VARIABLE = "CASELEDGER_FORGE_TOKEN"  # noqa: S105 - the name of a variable
"""The environment variable that holds the token; it is read from nowhere else."""
ATTEMPTS = 6
TIMEOUT = (10, 60)
"""Seconds to wait for a connection, and for each part of an answer."""
LONGEST = 900
"""Seconds that a forge may ask us to wait; a run that has to wait longer leaves the rest to the next one."""
A_MINUTE = 60
"""What GitHub asks for where it limits somebody and does not say for how long."""


class _Again(Exception):
    """The request failed in a way that may pass; `wait` is what the forge asks for, in seconds."""

    def __init__(self, error: CannotGoOn, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


class _Bearer(requests.auth.AuthBase):
    """The token of the environment, and never what a .netrc file holds."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


@dataclass
class Rest:
    """A forge's interface at an address; `pace` is the least number of seconds between two writes."""

    base: str
    token: str
    headers: Mapping[str, str] = field(default_factory=dict)
    pace: float = 0.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    session: requests.Session = field(default_factory=requests.Session)
    failed: int = 0

    def __post_init__(self) -> None:
        self.session.auth = _Bearer(self.token)
        self.session.headers.update({"User-Agent": f"caseledger/{__version__}", "Accept": "application/json"})
        self.session.headers.update(self.headers)

    def get(self, *steps: str | int, **query: str | int) -> Any:
        """What is at an address below the base."""
        return self._ask(_path(steps), query)[0]

    def all(self, *steps: str | int, **query: str | int) -> Iterator[Any]:
        """The items of a list, over all its pages."""
        page, more = 1, True
        while more:
            items, more = self._ask(_path(steps), {**query, "page": page})
            yield from items
            page, more = page + 1, more and bool(items)

    def there(self, *steps: str | int) -> bool:
        """Whether there is something at an address."""
        try:
            self.get(*steps)
        except Refused as refused:
            if refused.status == HTTPStatus.NOT_FOUND:
                return False
            raise
        return True

    def send(self, method: str, *steps: str | int, data: Mapping[str, Any]) -> Any:
        """Write, and what the forge answers; Unsure where it may have been written or not."""
        try:
            answer = self._request(method, _path(steps), {}, data)
        except _Again as again:
            self._pause(again, self.failed)
            self.failed += 1
            raise Unsure(again.error) from None
        self.failed = 0
        self.sleep(self.pace)
        return answer.json()

    def _ask(self, path: str, query: Mapping[str, str | int]) -> tuple[Any, bool]:
        for attempt in range(ATTEMPTS):
            try:
                answer = self._request("GET", path, query, None)
                return answer.json() if answer.content else None, "next" in answer.links
            except _Again as again:
                if attempt == ATTEMPTS - 1:
                    raise again.error from None
                self._pause(again, attempt)
        raise AssertionError("unreachable")

    def _pause(self, again: _Again, attempt: int) -> None:
        """Wait as long as the forge asks; else longer and longer, and never as long as another run."""
        backing_off: float = 2 ** min(attempt, ATTEMPTS) * (0.5 + self.chance())
        if again.wait is not None and again.wait > LONGEST:
            message = N_("{base} asks to be left alone for {minutes} minutes. What is missing is for the next run.")
            raise CannotGoOn(Text(message, base=self.base, minutes=round(again.wait / 60)))
        self.sleep(backing_off if again.wait is None else again.wait + self.chance())

    def _request(
        self, method: str, path: str, query: Mapping[str, str | int], data: Mapping[str, Any] | None
    ) -> requests.Response:
        address = f"{self.base}/{path}"
        try:
            answer = self.session.request(
                method, address, params=dict(query), json=data, timeout=TIMEOUT, allow_redirects=False
            )
            fine = answer.status_code < HTTPStatus.MULTIPLE_CHOICES
            if fine and answer.content:
                answer.json()
        except requests.exceptions.SSLError as error:
            raise CannotGoOn(_unreached(address, error)) from None
        except requests.exceptions.RequestException as error:  # also an answer that is no JSON
            raise _Again(CannotGoOn(_unreached(address, error))) from None
        if fine:
            return answer
        message = N_("{method} {address}: the forge answers {status} {reason}.")
        reason, hint = _said(answer).replace(self.token or "\0", "***"), _hint(answer)
        said = Text(message, method=method, address=address, status=answer.status_code, reason=reason)
        refused = Refused(Text("{said} {hint}", said=said, hint=hint) if hint else said, answer.status_code)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == HTTPStatus.REQUEST_TIMEOUT:
            raise _Again(refused, _asked(answer))
        if _limited(answer):
            asked = _asked(answer)
            raise _Again(refused, A_MINUTE if asked is None else asked)
        raise refused


def _path(steps: tuple[str | int, ...]) -> str:
    return "/".join(quote(str(step), safe="") for step in steps)


def _unreached(address: str, error: Exception) -> Text:
    return Text(N_("{address} cannot be asked: {reason}."), address=address, reason=type(error).__name__)


def _limited(answer: requests.Response) -> bool:
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    return answer.status_code == HTTPStatus.FORBIDDEN and (
        "Retry-After" in answer.headers
        or answer.headers.get("X-RateLimit-Remaining") == "0"
        or "rate limit" in _said(answer).lower()
    )


def _asked(answer: requests.Response) -> float | None:
    """The seconds that the forge asks us to wait, by its own clock."""
    told = answer.headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        here = parsedate_to_datetime(answer.headers["Date"])
        if told:
            return max(0.0, (parsedate_to_datetime(told) - here).total_seconds())
    except (KeyError, ValueError):
        return None
    for name in ("X-RateLimit", "RateLimit"):
        reset = answer.headers.get(f"{name}-Reset", "")
        if answer.headers.get(f"{name}-Remaining") == "0" and reset.isdecimal():
            return max(0.0, int(reset) - here.timestamp())
    return None


def _said(answer: requests.Response) -> str:
    """What the forge says for itself, on one line and not longer than a line."""
    try:
        data = answer.json()
    except requests.exceptions.JSONDecodeError:
        return str(answer.reason or "")
    said = data.get("message") or data.get("error") if isinstance(data, dict) else None
    return "".join(char for char in " ".join(str(said or answer.reason).split()) if char.isprintable())[:200]


def _hint(answer: requests.Response) -> Text | None:
    match answer.status_code:
        case 401:
            return Text(N_("The token in {variable} is missing, wrong or expired."), variable=TOKEN_VARIABLE)
        case 403 | 404 | 410:
            message = N_("Has the token in {variable} the rights that docs/bots.md names? Are issues enabled?")
            return Text(message, variable=TOKEN_VARIABLE)
        case code if 300 <= code < 400:
            return Text(N_("The repository has moved; set its new address as forge in caseledger.yml."))
        case _:
            return None
