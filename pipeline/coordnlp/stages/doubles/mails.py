"""When two mails are the same, and when a quote is of a mail."""

from __future__ import annotations

from coordnlp.ids import normalise
from coordnlp.records import Mail
from coordnlp.settings import Doubles
from coordnlp.stages.doubles.runs import share
from coordnlp.stages.doubles.sheets import Sheet

# YYYY-MM-DDTHH:MM and YYYY-MM-DD of an ISO date.
_MINUTE, _DAY = 16, 10


def is_quote(sheet: Sheet) -> bool:
    """Tell whether a document is a mail quoted in another: the chain around it is its parent, and it has no id."""
    document = sheet.document
    return bool(document.parent and document.mail and not document.mail.message_id)


def is_same_mail(one: Sheet, other: Sheet, limits: Doubles) -> bool:
    """Tell whether two files hold the same mail.

    By Message-ID; where one has lost it, by sender, minute, addressees and text. One text sent to two people in two
    mails is two mails.
    """
    first, second = one.document.mail, other.document.mail
    if first is None or second is None or not _may_be_of_one(first, second):
        return False
    if first.message_id and second.message_id:
        return first.message_id.strip("<>") == second.message_id.strip("<>")
    same_time = bool(first.date) and first.date[:_MINUTE] == second.date[:_MINUTE]
    return same_time and _agree(first, second) and _has_same_addressees(first, second) and _is_alike(one, other, limits)


def is_quote_of(mail: Sheet, quote: Sheet, limits: Doubles) -> bool:
    """Tell whether a quote is of this mail, or of the mail that another quote is of.

    A quote may be cut, so its words must be those of the mail, not the other way round; and sender and day must be
    told and agree.
    """
    first, second = mail.document.mail, quote.document.mail
    if first is None or second is None or not is_quote(quote) or quote.document.parent == mail.document.file:
        return False
    same_day = bool(first.date and second.date) and first.date[:_DAY] == second.date[:_DAY]
    return same_day and _agree(first, second) and (_holds(mail, quote, limits) or _is_excerpt(mail, quote, limits))


def _is_excerpt(mail: Sheet, quote: Sheet, limits: Doubles) -> bool:
    """Tell whether the lines of a quote stand in the mail, where the writer has left others out (……)."""
    lines = [normalise(line) for line in quote.document.plain.splitlines()]
    held = sum(len(line) for line in lines if line in mail.text)
    return held >= limits.same * sum(map(len, lines)) > 0


def _holds(mail: Sheet, quote: Sheet, limits: Doubles) -> bool:
    if not quote.text:
        return False
    return quote.text in mail.text or share(quote.runs, mail.runs) >= limits.same


def _is_alike(one: Sheet, other: Sheet, limits: Doubles) -> bool:
    shorter, longer = sorted((one, other), key=lambda sheet: len(sheet.text))
    return one.text == other.text or _holds(longer, shorter, limits)


def _may_be_of_one(one: Mail, other: Mail) -> bool:
    """Tell whether nothing speaks against one sender."""
    told = any(one.sender) and any(other.sender)
    return not told or _agree(one, other)


def _agree(one: Mail, other: Mail) -> bool:
    """Tell whether two mails name the same sender: by address, else by name."""
    (name, address), (other_name, other_address) = one.sender, other.sender
    if address and other_address:
        return address.casefold() == other_address.casefold()
    first, second = normalise(name), normalise(other_name)
    return min(len(first), len(second)) >= 2 and (first in second or second in first)


def _has_same_addressees(one: Mail, other: Mail) -> bool:
    first, second = ({address.casefold() or name for name, address in mail.to} for mail in (one, other))
    return not first or not second or first == second
