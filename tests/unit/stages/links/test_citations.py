"""Which earlier papers a paper cites: by number, title, day or thread, or as the next reply."""

from __future__ import annotations

import pytest
from papers import MANAGER, MAYOR, mail, paper, read

from coordnlp.features import Citations
from coordnlp.records import Document


def letter(date: str, title: str, number: str, body: str, *, side: str = "A") -> Document:
    sender, to = ("青溪镇人民政府", "黑松林场") if side == "A" else ("黑松林场", "青溪镇人民政府")
    return paper(f"{sender}\n{number}\n{title}\n{to}：\n{body}\n{sender}\n{date}", f"{date}{side}.txt")


ASKED = letter("2024年3月5日", "关于商请提供防火带界线图的函", "青政函〔2024〕12号", "请提供界线图。")


def features(*documents: Document) -> set[str]:
    """Return how the last document cites the first."""
    parsed = read(*documents)
    cited = Citations(sorted(parsed, key=lambda one: one.header.date)).of(parsed[-1].header)
    return set(cited.get(parsed[0].header.id, {}))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("贵镇青政函〔2024〕12号来函收悉。", {"cites_number"}),
        ("贵镇《关于商请提供防火带界线图的函》收悉。", {"cites_title"}),
        ("贵镇《关于商请提供防火带界线图的函》（青政函〔2024〕12号）收悉。", {"cites_number", "cites_title"}),
        ("贵镇3月5日来函收悉。", {"cites_date"}),
        ("贵镇青政函〔2024〕13号来函收悉。", set()),
        ("贵镇3月6日来函收悉。", {"replies_next"}),
        ("来函收悉。", {"replies_next"}),
    ],
)
def test_a_reply_cites_what_it_names(words: str, found: set[str]) -> None:
    assert features(ASKED, letter("2024年4月5日", "复函", "林函〔2024〕3号", words, side="B")) == found


def test_a_reply_without_a_citation_answers_the_last_letter_before_it() -> None:
    later = letter("2024年3月20日", "关于归还油锯的函", "青政函〔2024〕15号", "请归还油锯。")
    reply = letter("2024年4月5日", "复函", "林函〔2024〕3号", "来函收悉。", side="B")
    assert features(ASKED, later, reply) == set()
    assert features(later, ASKED, reply) == {"replies_next"}


def test_a_letter_that_is_no_reply_cites_nothing_by_itself() -> None:
    assert features(ASKED, letter("2024年4月5日", "关于便道的函", "林函〔2024〕3号", "便道塌方。", side="B")) == set()


def test_the_askers_own_urge_is_no_citation_by_another() -> None:
    words = "我镇青政函〔2024〕12号函请提供界线图，至今未复。"
    assert features(ASKED, letter("2024年4月5日", "催办函", "青政函〔2024〕20号", words)) == set()


def test_a_mail_cites_the_mail_of_its_thread() -> None:
    asked = mail("请提供界线图。", "1.eml", message_id="<1@x>")
    reply = mail(
        "已发。", "2.eml", sender=MANAGER, to=[MAYOR], message_id="<2@x>", replies_to=["<1@x>"],
        date="2024-05-09T09:00:00+08:00",
    )  # fmt: skip
    assert features(asked, reply) == {"in_thread"}
