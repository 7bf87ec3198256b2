"""`--redact`: no person of the dossier is named in any output, and everything else stands where it stood."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordnlp.cli import main
from coordnlp.names import NameWords
from coordnlp.report.redaction import make_mask
from coordnlp.tables import load_table
from coordnlp.teams import load_teams

EXAMPLE = Path(__file__).parents[2] / "corpus" / "example"
_LETTER = """\
关于值班的函
古城街道办事处：
请马　志刚、馬志剛同志{number}月5日前函复，手机13812345678，信箱shen.weiyue@gcbh.yundu.example。
志刚主任阅。
"""
PLAIN, MASKED = Path("outputs"), Path("outputs-redacted")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a working folder in which the example was run both ways; a file's name and a second paper name people."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(EXAMPLE, folder / "corpus")
    for number in (1, 2):
        words = _LETTER.format(number=number)
        (folder / "corpus" / f"给{'马志刚' if number == 1 else '马志坚'}的函 2024-0{number}-03.txt").write_text(
            words, "utf-8"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["report"]) == 0
        assert main(["report", "--redact"]) == 0
        yield folder


@pytest.fixture(autouse=True)
def here(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every text in the outputs: files, parts of the zips, their names."""
    for path in sorted(folder.rglob("*")):
        yield "name", path.name
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    yield f"{path.name}/{name}", re.sub(r"<[^>]*>", "", package.read(name).decode("utf-8"))
        elif path.is_file():
            yield path.name, path.read_text("utf-8-sig")


def members() -> list[str]:
    return [member.name for team in load_teams(Path("corpus/teams.toml")).teams for member in team.members]


def told(folder: Path) -> str:
    return "\n".join(text for _, text in texts(folder))


def test_no_member_is_named_in_any_output() -> None:
    plain = told(PLAIN)
    named = [name for name in members() if name in plain]
    assert len(named) > 8
    left = [(where, name) for where, text in texts(MASKED) for name in members() if name in re.sub(r"\s", "", text)]
    assert left == []


def test_other_ways_to_name_somebody_are_masked_too() -> None:
    plain, masked = told(PLAIN), told(MASKED)
    for words in ("马　志刚", "馬志剛", "13812345678", "shen.weiyue@", "志刚主任"):
        assert words in plain, words
        assert words not in masked, words
    assert "马　某某" in masked
    assert "138********" in masked
    assert "@gcbh.yundu.example" in masked


def test_people_of_attendee_lists_are_masked() -> None:
    named = {one["name"] for one in _records(PLAIN, "documents") for one in one.get("attendees", ())}
    named &= {name for name in named if load_table("names", NameWords).is_person(name)}
    masked = told(MASKED)
    assert [name for name in sorted(named) if name in masked] == []


def _records(folder: Path, stem: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "data" / f"{stem}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("stem", ["documents", "passages", "requests", "issues", "gaps"])
def test_ids_and_offsets_stay(stem: str) -> None:
    def places(folder: Path) -> list[tuple[object, ...]]:
        records = _records(folder, stem)
        return sorted(tuple(str(one.get(key)) for key in ("id", "start", "end", "date", "type")) for one in records)

    assert places(MASKED) == places(PLAIN) != []


def test_files_of_two_people_keep_two_names() -> None:
    files = [one["file"] for one in _records(MASKED, "documents")]
    assert len(set(files)) == len(files) == len(_records(PLAIN, "documents"))


def test_what_is_shown_to_others_and_what_is_worked_on_do_not_share_a_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = hashlib.sha256((PLAIN / "gaps.csv").read_bytes()).hexdigest()
    assert main(["report", "--out", "outputs-redacted"]) == 2
    shutil.copytree(PLAIN, "again")
    assert main(["report", "--redact", "--out", "again"]) == 2
    assert "两种结果不能放在一起" in capsys.readouterr().err
    assert hashlib.sha256((PLAIN / "gaps.csv").read_bytes()).hexdigest() == before
    assert "马志刚" in "".join(path.name for path in Path("corpus").iterdir())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王建国主任、王　建 国", "王某某主任、王　某 某"),
        ("欧阳雪梅同志", "欧阳某某同志"),
        ("請歐陽雪梅閱", "請歐陽某某閱"),
        ("建国主任说“雪梅”去", "某某主任说“某某”去"),
        ("建国七十周年，白雪梅花", "建国七十周年，白雪梅花"),
        ("王主任、王建", "王主任、王建"),
        ("John Smith, Johnny", "J*** *****, Johnny"),
        ("wang.jg+x@a.example，a@b.c", "w********@a.example，a@b.c"),
        ("电话13812345678，编号213812345678", "电话138********，编号213812345678"),
        ("G-7KQM2XAB D-WANG2345", "G-7KQM2XAB D-WANG2345"),
        ("", ""),
    ],
)
def test_masks_are_as_long_as_what_they_stand_for(text: str, masked: str) -> None:
    mask = make_mask(["王建国", "欧阳雪梅", "John Smith"], load_table("names", NameWords))
    assert mask(text) == masked
    assert len(mask(text)) == len(text)


def test_nobody_to_mask_changes_nothing() -> None:
    assert make_mask([], load_table("names", NameWords))("王建国") == "王建国"
