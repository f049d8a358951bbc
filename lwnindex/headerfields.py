"""What fields of an HTTP answer's header say."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime


def kind_of(content_type: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type, in small letters."""
    message = Message()
    message["Content-Type"] = content_type
    named = message.get_param("charset")
    return (message.get_content_type() if content_type else ""), named.lower() if isinstance(
        named, str
    ) else ""


def retry_after(said: str) -> float | None:
    """Return the seconds that a server asks to wait (RFC 9110, section 10.2.3)."""
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
