"""Channels: an address that an environment variable holds, and Apprise, which knows how each service is spoken to.

An address holds secrets. It is never shown, and of what a service answered only what is no part of it.
"""

import logging
import os
import re

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.notify.digest import Digest


class Undelivered(CannotGoOn):
    """A digest did not arrive."""


def send(channel: str, digest: Digest) -> None:
    """Deliver a digest to the address in the environment variable `channel`; Undelivered if it did not arrive."""
    from apprise import Apprise, AppriseAsset, LogCapture, NotifyFormat, OverflowMode  # noqa: PLC0415 - slow to load

    address = os.environ.get(channel, "").strip()
    if not address:
        raise Undelivered(Text(N_("The environment variable {channel} is not set."), channel=channel))
    asset = AppriseAsset(app_id="caseledger", app_desc="caseledger", app_url="", async_mode=False)
    with LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
        service = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
        if service is None:
            message = N_("The environment variable {channel} holds no address that Apprise knows.")
            raise Undelivered(Text(message, channel=channel))
        service.overflow_mode = OverflowMode.SPLIT
        server = Apprise(asset=asset)
        server.add(service)
        arrived = server.notify(title=digest.title, body=digest.body, body_format=NotifyFormat.TEXT)
        if not arrived:
            message, said = N_("{channel} ({service}) took nothing: {said}"), without(address, log.getvalue())
            raise Undelivered(Text(message, channel=channel, service=service.service_name, said=said))


def without(address: str, said: str) -> str:
    """What a service said, on one line, without any part of the address that could be secret."""
    for part in sorted(re.split(r"[/:@?&=,%+]+", address), key=len, reverse=True):
        if len(part) > 3:
            said = said.replace(part, "…")
    return " ".join(said.split())[:300] or "–"
