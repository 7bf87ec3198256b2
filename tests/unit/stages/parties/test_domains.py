"""Which mail houses are called after which units."""

from __future__ import annotations

import pytest
from notation import folder

from coordnlp.layout.lexicon import load_document_words
from coordnlp.names import NameWords
from coordnlp.stages.parties import propose_teams
from coordnlp.stages.parties.domains import spells
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.words import load_party_words
from coordnlp.tables import load_table


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(load_party_words(), load_table("names", NameWords), load_document_words())


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("tongyu-mining.example", "桐峪矿业有限责任公司"),
        ("mail.tongyu.com.cn", "桐峪矿业有限责任公司"),
        ("qthd.example", "青汀江航道管理局"),
        ("qtjhd.gov.cn", "青汀江航道管理局"),
        ("oa.jtj.gov.cn", "岑江市交通局"),
        ("CENJIANG.gov.cn", "岑江市人民政府"),
        ("cjsjtj.gov.cn", "岑江市交通局"),
        ("chongqing-port.example", "重庆港务集团有限公司"),
    ],
)
def test_a_mail_house_is_called_after_a_unit(host: str, name: str, spelling: Spelling) -> None:
    assert spells(host, name, spelling)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("tongyu-mining.example", "云栈镇人民政府"),
        ("qt.example", "青汀江航道管理局"),
        ("hdqt.example", "青汀江航道管理局"),
        ("jtj.gov.cn", "岑江市市场监督管理局"),
        ("mail.example.com", "美丽湖管理处"),
        ("gov.cn", "古城办公室"),
        ("cenjiang.gov.cn", "岑江市第二人民医院"),
        ("", "岑江市交通局"),
        ("123.example", "岑江市交通局"),
    ],
)
def test_a_mail_house_of_others_is_not(host: str, name: str, spelling: Spelling) -> None:
    assert not spells(host, name, spelling)


LETTERS = "云渡市热力公司 > 青溪镇人民政府\n" * 2


def test_mails_of_named_units_are_theirs_where_nobody_is_named_twice() -> None:
    mails = "\n".join(
        ["~ 何映雪@qingxi.example > 沈维岳@ydrl.example", "~ 沈维岳@ydrl.example > 何映雪@qingxi.example"] * 3
    )
    teams = propose_teams(folder(LETTERS + mails)).teams
    assert teams is not None
    assert {team.name: team.domains for team in teams.teams} == {
        "云渡市热力公司": ("ydrl.example",),
        "青溪镇人民政府": ("qingxi.example",),
    }


def test_a_house_that_fits_both_is_nobodys() -> None:
    letters = "云渡热力公司 > 云渡矿业公司\n" * 2
    mails = "~ 何映雪@yundu.example > 沈维岳@other.example\n~ 沈维岳@other.example > 何映雪@yundu.example"
    teams = propose_teams(folder(letters + mails)).teams
    assert teams is not None
    assert {team.name: team.domains for team in teams.teams} == {"云渡热力公司": (), "云渡矿业公司": ()}
