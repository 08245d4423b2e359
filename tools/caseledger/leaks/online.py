"""What is found in texts of the addresses of the web: mailboxes of people, links with a password or token."""

import re
from collections.abc import Iterator

from caseledger.leaks.leak import Kind, Leak

EMAIL = re.compile(r"(?<![\w.%+/-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@-])")
SPELLED = re.compile(
    r"(?<![\w.-])[\w.%+-]{2,64} ?[\[({<](?:at|ät|arroba|chez|собака)[\])}>] ?"
    r"[\w-]{2,63}(?:(?: ?[\[({<](?:dot|punkt|punto|point|точка)[\])}>] ?|\.)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"(?<![\w.-])[a-z][\w.+-]{1,63} AT [\w-]{2,63}(?: DOT |\.)[a-z]{2,24}\b")
_LINK = re.compile(
    r"://[^/\s:@]+:[^/\s@]+@|[?&;#](?:access_?token|token|id_token|auth|sig|signature|apikey|api_key|key|pwd|password|"
    r"secret|session|sessionid|sid|jwt|x-amz-signature|x-amz-security-token)=[^&\s#]{8,}",
    re.IGNORECASE,
)
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.IGNORECASE)

OFFICES = frozenset(
    {
        "abuse", "accounts", "admin", "aftersales", "billing", "claims", "complaints", "contact", "customerservice",
        "do-not-reply", "donotreply", "help", "helpdesk", "hostmaster", "info", "kundenservice", "kundservice", "mail",
        "marketing", "no-reply", "noreply", "office", "orders", "postmaster", "press", "privacy", "returns", "sales",
        "security", "service", "shop", "support", "webmaster",
    }
)  # fmt: skip
"""Mailboxes of an office, not of a person."""


def mails(plain: str) -> Iterator[Leak]:
    """The addresses of people's mailboxes, also where the @ is written out."""
    text = _URL.sub(_open, plain) if "://" in plain else plain
    if "@" in text:
        for found in EMAIL.finditer(text):
            name = found[0].partition("@")[0].casefold()
            if name not in OFFICES and any(map(str.isalnum, name)):
                yield Leak(Kind.EMAIL, found[0])
    for found in (*SPELLED.finditer(text), *(CAPITALS.finditer(text) if " AT " in text else ())):
        yield Leak(Kind.EMAIL, found[0])


def links(plain: str) -> Iterator[Leak]:
    """The links that let in whoever follows them."""
    for word in plain.split():
        for found in _URL.finditer(word) if "://" in word else ():
            if _LINK.search(found[0]):
                yield Leak(Kind.LINK, found[0])


def without_links(plain: str) -> str:
    """A text without addresses of the web, whose digits are nobody's number; what stands around one stays apart."""
    return _URL.sub("|", plain)


def _open(url: "re.Match[str]") -> str:
    """An address on the web without the name and password before its host."""
    return re.sub("://[^/@]*@", "://", url[0])
