"""Role text: who speaks, who is spoken to, and what is quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.names import gather_names, load_voices
from coordnlp.nlp.roles import to_role_text
from coordnlp.records import Member, Party, Team, Teams

TEAMS = Teams(
    (
        Team("A", "青溪镇", ("镇里",), (Member("何映雪", "镇长"),)),
        Team("B", "黑松林场", ("林场",), (Member("罗建川", "场长"),)),
    )
)
NAMES, VOICES = gather_names(TEAMS), load_voices()


def role_text(text: str, party: Party | None, deadline: str = "") -> str:
    at = text.find(deadline)
    return to_role_text(text, party, NAMES, VOICES, deadline=(at, at + len(deadline)) if deadline else None).text


@pytest.mark.parametrize(
    ("text", "party", "expected"),
    [
        ("请贵场提供名单", "A", "请<O>提供名单"),
        ("请林场提供名单", "A", "请<O>提供名单"),
        ("请林场提供名单", "B", "请<S>提供名单"),
        ("请贵镇提供名单", "B", "请<O>提供名单"),
        ("我镇与贵场商定", "A", "<S>与<O>商定"),
        ("我们请你们来", "B", "<S>请<O>来"),
        ("请罗建川场长到场", "A", "请<O>场长到场"),
        ("会议议定由林场负责", "AB", "会议议定由<B>负责"),
        ("会议议定由镇里负责", "AB", "会议议定由<A>负责"),
        ("林场说", None, "<B>说"),
        ("林场说", "X", "<B>说"),
        ("我方请贵方", "AB", "我方请贵方"),
        ("我国森林资源", "A", "我国森林资源"),
        ("本月底前完成", "A", "本月底前完成"),
        ("价格昂贵", "A", "价格昂贵"),
        ("请县林业局核对", "A", "请县林业局核对"),
        ("黑松林场林场", "A", "<O>"),
        ("", "A", ""),
        ("《请贵场提供名单的函》收悉", "A", "《…》收悉"),
        ("来函称“请贵镇尽快提供名单”", "B", "来函称“…”"),
        ("所谓“老路”已断", "A", "所谓“老路”已断"),
    ],
)
def test_names_and_forms_of_address_become_roles(text: str, party: Party | None, expected: str) -> None:
    assert role_text(text, party) == expected


@pytest.mark.parametrize(
    ("text", "deadline", "expected"),
    [
        ("请于3月5日前提供", "3月5日", "请于<D>前提供"),
        ("请于3月5日前提供", "3月5日前", "请于<D>提供"),
        ("请不迟于3月5日提供", "3月5日", "请不迟于<D>提供"),
        ("请于月底提供", "月底", "请于<D>提供"),
        ("请三日内提供", "三日内", "请<D>提供"),
        ("3月5日来人", "3月5日", "<T>来人"),
        ("下周三来人", "下周三", "<T>来人"),
    ],
)
def test_a_limit_is_a_deadline_and_a_day_alone_a_time(text: str, deadline: str, expected: str) -> None:
    assert role_text(text, "A", deadline) == expected


@given(
    st.lists(
        st.sampled_from(["请", "贵场", "我镇", "林场", "何映雪", "《函》", "，", "3月5日", "abc", "我", "贵"]),
        max_size=12,
    ),
    st.sampled_from(["A", "B", "AB", "X", None]),
)
def test_every_character_of_role_text_knows_its_place(pieces: list[str], party: Party | None) -> None:
    text = "".join(pieces)
    role = to_role_text(text, party, NAMES, VOICES)
    assert len(role.text) == len(role.offsets)
    assert list(role.offsets) == sorted(role.offsets)
    assert all(0 <= offset < len(text) for offset in role.offsets)
