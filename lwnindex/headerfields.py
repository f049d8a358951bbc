"""What fields of an HTTP answer's header say."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

_LONGEST = 1000
"""How many characters of a field are read: email's reader takes a time that grows with their square."""


def kind_of(content_type: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type, in small letters."""
    message = Message()
    message["Content-Type"] = content_type[:_LONGEST]
    named = message.get_param("charset")
    return (message.get_content_type() if content_type else ""), named.lower() if isinstance(
        named, str
    ) else ""


def can_be_sent(value: str) -> bool:
    """Tell whether a question may repeat what a server has said, which may have said anything."""
    return 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable()


def retry_after(said: str) -> float | None:
    """Return the seconds that a server asks to wait (RFC 9110, section 10.2.3)."""
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        moment = parsedate_to_datetime(said[:_LONGEST])
    except (TypeError, ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
