"""Choose the reader of a file: by its content where that is clear, else by its suffix."""

from __future__ import annotations

from coordnlp.stages.ingest.encodings import decode_text, score_text
from coordnlp.stages.ingest.readings import LOCKED, UnreadableError
from coordnlp.stages.ingest.signatures import has_cues, is_markup, is_web_archive, sniff
from coordnlp.stages.ingest.skips import advise

_TEXT = frozenset({".txt", ".text", ".log"})
_MARKDOWN = frozenset({".md", ".markdown"})
_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_SHEET = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_TABLE = frozenset({".csv", ".tsv"})
_MAIL = frozenset({".eml", ".mbox", ".mbx"})
_PAGE = frozenset({".html", ".htm", ".xhtml"})
_ARCHIVED_PAGE = frozenset({".mht", ".mhtml"})
_CUES = frozenset({".srt", ".vtt"})
_OLD_WORD = frozenset({".doc", ".wps", ".dot", ".wpt"})
_OLD_SHEET = frozenset({".xls", ".et", ".xlt", ".ett"})
_OLD_OFFICE = _OLD_WORD | _OLD_SHEET
"""Under these names office systems also export pages and texts, and Word and Excel open them."""
_ZIPPED = frozenset({".odt", ".ods", ".ofd"})
_BY_SIGNATURE = frozenset({".docx", ".xlsx", ".pdf", ".doc", ".xls", ".rtf", ".odt", ".ods", ".ofd", ".msg"})
"""Kinds that are known by their first bytes or members, whatever the name."""
_PICTURES = frozenset({".png", ".jpg", ".bmp", ".tif", ".webp"})
"""Kinds that are pictures of pages: there is no reading them without an engine that recognises words."""
CONVERTED = frozenset({".doc", ".uot", ".xlsb", ".wordml", ".xmlss"})
"""Kinds that LibreOffice opens where it is there; of these only .doc has a reader of ours."""
CONVERTIBLE = frozenset({".xls", ".rtf", ".odt", ".ods"})
"""Kinds that LibreOffice is asked for where our reader fails."""
_READABLE = frozenset(
    {*_TEXT, *_MARKDOWN, *_WORD, *_SHEET, *_TABLE, *_PAGE, *_ARCHIVED_PAGE, *_MAIL, *_CUES, *_BY_SIGNATURE}
)
_LEAST_TEXT_SCORE = 0.6  # a text under a wrong name must read well to be taken for one


def choose_kind(suffix: str, content: bytes) -> str:
    """Return the reader's own suffix, such as `.docx` or `.txt`: by signature where it is clear, else by suffix.

    Raises:
        UnreadableError: No reader takes it.
    """
    real = sniff(content)
    if real in _BY_SIGNATURE | _PICTURES | CONVERTED:
        return real
    if real == "encrypted" or (real == ".ole" and suffix in _WORD | _SHEET):
        raise UnreadableError("encrypted", LOCKED)
    if (suffix in _WORD | _SHEET | _ZIPPED and real == ".zip") or (suffix == ".msg" and real == ".ole"):
        raise UnreadableError("damaged", "文件不完整，打不开，请用原来的软件修复后另存，或重新取得原件。")
    if real == ".zip" and (suffix in {".zip", ""} or suffix in _READABLE):
        return ".zip"
    if real == ".html" and suffix in {*_PAGE, *_TABLE, *_OLD_OFFICE, *_ARCHIVED_PAGE, ""}:
        return ".html"
    if real and not (real == ".html" and suffix in {*_TEXT, *_MARKDOWN, ".eml"}):
        raise UnreadableError("unsupported", advise(suffix if _advises_same(suffix, real) else real))
    return _choose_text(suffix, content)


def _choose_text(suffix: str, content: bytes) -> str:
    """Choose for content without a signature."""
    if suffix in _MAIL or (suffix not in _READABLE and content.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From ")):
        mail = _choose_mail(suffix, content)
        if mail:
            return mail
    if suffix in _OLD_OFFICE | _ARCHIVED_PAGE and is_web_archive(content):
        return ".mht"
    if suffix in _OLD_OFFICE and is_markup(content):
        return ".html"
    if suffix in _CUES and has_cues(content):
        return suffix
    for suffixes, kind in ((_TEXT, ".txt"), (_MARKDOWN, ".md"), (_TABLE, ".csv"), (_PAGE, ".html")):
        if suffix in suffixes:
            return kind
    if suffix in {*_WORD, *_SHEET, *_OLD_OFFICE, *_CUES, *_BY_SIGNATURE, ""} and _is_clear_text(content):
        return ".csv" if suffix in {*_SHEET, *_OLD_SHEET, ".ods"} else ".txt"
    if suffix in {*_READABLE, ".zip"} - {".doc", ".xls", ".rtf"}:
        raise UnreadableError("damaged", "文件已损坏或不完整，打不开，请重新取得原件。")
    raise UnreadableError("unsupported", advise(suffix))


def _choose_mail(suffix: str, content: bytes) -> str:
    """Choose between one mail and several; '' if it is neither. Thunderbird's files have no suffix."""
    from coordnlp.stages.ingest.mail_headers import looks_like_mail
    from coordnlp.stages.ingest.mboxes import count_mails, looks_like_mbox

    if looks_like_mbox(content) and (suffix != ".eml" or count_mails(content) > 1):
        return ".mbox"
    if suffix in _MAIL and looks_like_mail(content):
        return ".eml"
    return ".txt" if suffix == ".eml" else ""


def _is_clear_text(content: bytes) -> bool:
    try:
        text, _, notes = decode_text(content)
    except UnreadableError:
        return False
    return not notes and score_text(text[:10000]) >= _LEAST_TEXT_SCORE


def _advises_same(suffix: str, real: str) -> bool:
    """Tell whether the suffix is as good a ground for advice as the content: .et is a kind of .xls."""
    return real in {".ole", ".zip"} and suffix != "" and (suffix not in _READABLE or suffix in _OLD_OFFICE)


def usual_suffixes(kind: str) -> frozenset[str]:
    """Return the suffixes under which a reader's files are expected."""
    same = {
        ".txt": _TEXT,
        ".md": _MARKDOWN,
        ".docx": _WORD,
        ".xlsx": _SHEET,
        ".csv": _TABLE,
        ".html": _PAGE,
        ".mht": _ARCHIVED_PAGE,
        ".doc": _OLD_WORD,
        ".xls": _OLD_SHEET,
        ".jpg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
        ".tif": frozenset({".tif", ".tiff"}),
        ".bmp": frozenset({".bmp", ".dib"}),
        ".odt": frozenset({".odt", ".ott"}),
        ".ods": frozenset({".ods", ".ots"}),
        ".uot": frozenset({".uot", ".uof"}),
        ".wordml": frozenset({".xml", ".doc"}),
        ".xmlss": frozenset({".xml", ".xls"}),
    }
    return same.get(kind, frozenset({kind}))
