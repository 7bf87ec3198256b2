"""What a person types and what comes back: exit codes, plain words, nothing overwritten."""

import os
import re
import subprocess
import sys
import types
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import typer

from coordnlp import __version__, resources, starter
from coordnlp.cli import build_app, main
from coordnlp.errors import ConfigurationError, TableError
from coordnlp.teams import TEMPLATE, parse_teams

ROOT = Path(__file__).resolve().parents[2]
TEAMS = TEMPLATE.replace('name = ""', 'name = "甲局"', 1).replace('name = ""', 'name = "乙局"', 1)
COMMANDS = ("report", "init", "teams", "explain", "doctor", "evaluate", "train")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def example(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("packaged") / "example"
    folder.mkdir()
    (folder / "teams.toml").write_text(TEAMS, "utf-8")
    (folder / "函.txt").write_text("请于3月底前函复。", "utf-8")
    monkeypatch.setattr(starter, "example_folder", lambda: folder)
    return folder


@pytest.fixture
def corpus(here: Path) -> Path:
    folder = here / "corpus"
    folder.mkdir()
    (folder / "teams.toml").write_text(TEAMS, "utf-8")
    (folder / "函.txt").write_text("请于3月底前函复。", "utf-8")
    return folder


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., object]], None]:
    """Put a function in the place of `run.report`; its results are shown as their `str`."""

    def replace(report: Callable[..., object]) -> None:
        run = types.ModuleType("coordnlp.run")
        run.report = report  # type: ignore[attr-defined]
        terminal = types.ModuleType("coordnlp.report.terminal")
        terminal.summarise = lambda dossiers, written, _: f"{dossiers} {written}"  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "coordnlp.run", run)
        monkeypatch.setattr("coordnlp.run", run, raising=False)
        monkeypatch.setitem(sys.modules, "coordnlp.report.terminal", terminal)

    return replace


def _outcome(**_: object) -> object:
    return types.SimpleNamespace(dossiers="一个卷宗", written="写好了")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    path = os.pathsep.join((str(ROOT / "pipeline"), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        [sys.executable, "-m", "coordnlp", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


# --- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["--help"], *([name, "--help"] for name in COMMANDS)])
def test_every_command_has_help_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert re.search(r"[\u4e00-\u9fff]{4}", out)
    assert "显示这份帮助" in out
    assert "Show this message" not in out


def test_the_version(capsys: pytest.CaptureFixture[str]):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"coordnlp {__version__}"


def test_the_readme_names_every_command_and_option():
    readme = (ROOT / "README.md").read_text("utf-8")
    group = typer.main.get_command(build_app())
    assert set(group.commands) == set(COMMANDS)
    for name, command in group.commands.items():
        row = next((line for line in readme.splitlines() if line.startswith(f"| `coordnlp {name}")), "")
        assert row, f"README 没有 coordnlp {name}"
        for parameter in command.params:
            for option in (*parameter.opts, *parameter.secondary_opts):
                expected = option if option.startswith("-") else option.upper()
                assert expected in row, f"README 里 coordnlp {name} 没有 {expected}"
    assert all(option in readme for parameter in group.params for option in parameter.opts)


def test_the_readme_names_every_exit_code():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"| {code} |" in readme for code in (0, 1, 2, 3, 4, 5, 130))


def test_help_imports_nothing_heavy():
    heavy = {
        "spacy",
        "jieba",
        "sklearn",
        "torch",
        "sentence_transformers",
        "docx2python",
        "lxml",
        "coordnlp.tables",
    }
    code = (
        "import sys; from coordnlp.cli import main; main(['--help']); main(['report', '--help']);"
        f"print(sorted(set(sys.modules) & {heavy}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert done.stdout.decode().strip().endswith("[]")


# --- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["foo"], "没有命令 foo"),
        (["report", "--foo"], "没有选项 --foo"),
        (["explain"], "缺少 GAP_ID"),
        (["report", "--as-of"], "选项 --as-of 后面要写内容"),
        (["report", "多余"], "多写了 多余"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    here: Path, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert expected in captured.err
    assert "--help" in captured.err
    assert not captured.out


# --- report --------------------------------------------------------------------------------------


def test_without_a_corpus_the_user_is_sent_to_init(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["report"]) == 3
    assert "请先运行 coordnlp init" in capsys.readouterr().err


@pytest.mark.parametrize("left", [(), ("teams.toml",), ("teams.toml", ".DS_Store")])
def test_an_empty_corpus_is_told(here: Path, left: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    (here / "corpus" / "收文").mkdir(parents=True)
    for name in left:
        (here / "corpus" / name).write_text(TEAMS, "utf-8")
    assert main(["report"]) == 3
    assert "是空的" in capsys.readouterr().err


def test_report_hands_over_what_was_typed_and_shows_the_summary(corpus, stand_in, capsys):
    calls = []

    def report(*arguments: object, **options: object) -> object:
        calls.append((arguments, options.pop("on_stage"), options))
        return _outcome()

    stand_in(report)
    assert main(["report", "--as-of", "2026-03-31", "--out", "结果", "--teams", "双方.toml"]) == 0
    arguments, on_stage, options = calls[0]
    on_stage("读文件")
    assert arguments == (Path("corpus"), Path("结果"))
    assert options == {
        "as_of": date(2026, 3, 31),
        "teams_file": Path("双方.toml"),
        "include_marked": False,
        "language": "zh",
        "redacted": False,
        "encoder_name": "",
    }
    captured = capsys.readouterr()
    assert "一个卷宗 写好了" in captured.out
    assert captured.err == ""


def test_marked_papers_are_analysed_only_when_asked_for(corpus, stand_in):
    asked = []
    stand_in(lambda *_, include_marked, **__: asked.append(include_marked) or _outcome())
    assert [main(["report"]), main(["report", "--include-marked"])] == [0, 0]
    assert asked == [False, True]


def test_without_a_day_the_run_decides(corpus, stand_in):
    days = []
    stand_in(lambda *_, as_of, **__: days.append(as_of) or _outcome())
    assert main(["report"]) == 0
    assert days == [None]


@pytest.mark.parametrize("day", ["昨天", "2026-02-30", "2026/3/1"])
def test_a_day_that_is_none_is_refused(corpus, day: str, capsys: pytest.CaptureFixture[str]):
    assert main(["report", "--as-of", day]) == 2
    assert "2026-03-31 这样" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["corpus", "corpus/结果"])
def test_results_are_not_written_among_the_documents(corpus, out: str, capsys: pytest.CaptureFixture[str]):
    assert main(["report", "--out", out]) == 2
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(ConfigurationError, 5), (TableError, 4)])
def test_trouble_with_the_run_ends_with_its_code_and_advice(corpus, stand_in, error, code: int, capsys):
    def report(*_: object, **__: object) -> object:
        raise error("坏了 [red]", "这样修 [/red]。")

    stand_in(report)
    assert main(["report"]) == code
    assert capsys.readouterr().err == "错误：坏了 [red]\n这样修 [/red]。\n"


def test_ctrl_c_ends_with_130(corpus, stand_in, capsys):
    def report(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    stand_in(report)
    assert main(["report"]) == 130
    assert "已中断" in capsys.readouterr().err


@pytest.mark.parametrize("with_outputs", [True, False])
def test_a_slip_of_the_program_shows_no_traceback_but_keeps_it(
    corpus: Path, stand_in, with_outputs: bool, capsys: pytest.CaptureFixture[str]
):
    def report(*_: object, **__: object) -> object:
        raise KeyError("某个键")

    stand_in(report)
    if with_outputs:
        (corpus.parent / "outputs").mkdir()
    assert main(["report"]) == 1
    err = capsys.readouterr().err
    assert "KeyError" in err
    assert "Traceback" not in err
    log = Path(re.search(r"详细记录在 (.+?\.log)", err)[1])
    assert "Traceback" in log.read_text("utf-8")
    assert (log.parent == corpus.parent / "outputs") is with_outputs
    log.unlink()


def test_debug_shows_the_traceback_wherever_it_stands(corpus, stand_in, capsys):
    def report(*_: object, **__: object) -> object:
        raise KeyError("某个键")

    stand_in(report)
    for arguments in (["--debug", "report"], ["report", "--debug"]):
        assert main(arguments) == 1
        err = capsys.readouterr().err
        assert "Traceback" in err
        Path(re.search(r"详细记录在 (.+?\.log)", err)[1]).unlink()


# --- init ----------------------------------------------------------------------------------------


def test_init_lays_out_the_folder_and_says_what_next(here, example, capsys):
    assert main(["init", "--example"]) == 0
    assert (here / "corpus/teams.toml").read_text("utf-8") == TEMPLATE
    assert sorted(file.name for file in (here / "corpus/example").iterdir()) == ["teams.toml", "函.txt"]
    assert sorted(path.name for path in (here / "corpus").iterdir()) == ["example", "teams.toml"]
    assert "coordnlp report" in capsys.readouterr().out


def test_init_without_the_example(here, example):
    assert main(["init", "--no-example"]) == 0
    assert not (here / "corpus/example").exists()


def test_init_takes_the_example_where_nobody_can_be_asked(here, example, monkeypatch):
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert main(["init"]) == 0
    assert (here / "corpus/example/函.txt").is_file()


@pytest.mark.parametrize(("answer", "copied"), [(True, True), (False, False)])
def test_init_asks_at_a_terminal(here, example, monkeypatch, answer: bool, copied: bool):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: answer)
    assert main(["init"]) == 0
    assert (here / "corpus/example").exists() is copied


def test_init_never_overwrites(here, example, capsys):
    own = here / "corpus/example/我的.txt"
    own.parent.mkdir(parents=True)
    own.write_text("原样", "utf-8")
    (here / "corpus/teams.toml").write_text("# 我的", "utf-8")
    assert main(["init", "--example"]) == 0
    assert capsys.readouterr().out.count("没有改动") == 2
    assert (here / "corpus/teams.toml").read_text("utf-8") == "# 我的"
    assert [file.name for file in own.parent.iterdir()] == ["我的.txt"]


def test_init_where_corpus_is_a_file_or_the_example_is_missing(here, monkeypatch, tmp_path, capsys):
    (here / "corpus").write_text("文件", "utf-8")
    assert main(["init", "--no-example"]) == 2
    assert (here / "corpus").read_text("utf-8") == "文件"
    (here / "corpus").unlink()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "没有" / "没有" / "没有")
    assert main(["init", "--example"]) == 4
    assert "重新安装" in capsys.readouterr().err


# --- teams, doctor -------------------------------------------------------------------------------


def test_teams_are_shown_as_read(corpus, capsys):
    assert main(["teams"]) == 0
    out = capsys.readouterr().out
    assert "甲局" in out
    assert "乙局" in out


def test_teams_without_a_file_or_a_pair_shows_how_to_write_one(corpus, capsys):
    (corpus / "teams.toml").unlink()
    assert main(["teams"]) == 0
    assert TEMPLATE in capsys.readouterr().out
    assert main(["teams", "--write"]) == 5
    assert not (corpus / "teams.toml").exists()


LETTER = "甲县教育局\n关于校车的函\n乙县水利局：\n请予支持。\n甲县教育局\n2024年3月5日\n"


@pytest.fixture
def letters(corpus: Path) -> Path:
    (corpus / "teams.toml").unlink()
    (corpus / "函.txt").write_text(LETTER, "utf-8")
    return corpus


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put a person at the terminal, who gives these answers one after the other."""

    def answer(*words: str) -> None:
        left = list(words)
        there = types.SimpleNamespace(isatty=lambda: True)
        monkeypatch.setattr("sys.stdin", there)
        monkeypatch.setattr("coordnlp.cli.sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setattr(typer, "prompt", lambda *_, **__: left.pop(0))

    return answer


def test_teams_proposes_without_writing_where_nobody_can_be_asked(letters, capsys):
    assert main(["teams"]) == 0
    out = capsys.readouterr().out
    for expected in ("甲县教育局", "乙县水利局", "没有把握", "待定：", "--write"):
        assert expected in out
    assert not (letters / "teams.toml").exists()


def test_teams_writes_without_asking_what_is_read_back(letters, capsys):
    assert main(["teams", "--write"]) == 0
    text = (letters / "teams.toml").read_text("utf-8")
    assert "# 待定：要看的是不是" in text
    assert [team.name for team in parse_teams(text).teams] == ["甲县教育局", "乙县水利局"]
    capsys.readouterr()
    assert main(["teams"]) == 0
    assert "名单：" in capsys.readouterr().out


def test_teams_never_overwrites_a_file_that_names_somebody(corpus, capsys):
    (corpus / "函.txt").write_text(LETTER, "utf-8")
    assert main(["teams", "--write"]) == 0
    assert "没有改动" in capsys.readouterr().out
    assert (corpus / "teams.toml").read_text("utf-8") == TEAMS


def test_the_blank_file_of_init_gives_way(letters):
    (letters / "teams.toml").write_text(TEMPLATE, "utf-8")
    assert main(["teams", "--write"]) == 0
    assert "甲县教育局" in (letters / "teams.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["是"], ("甲县教育局", "乙县水利局", None)),
        (["我方 B", "是"], ("甲县教育局", "乙县水利局", "B")),
        (["改名 A 甲县教育体育局", "看不懂的话", "是"], ("甲县教育体育局", "乙县水利局", None)),
        (["否"], None),
        ([""], None),
    ],
)
def test_teams_asks_at_a_terminal(letters, terminal, answers: list[str], expected: tuple[object, ...] | None):
    terminal(*answers)
    assert main(["teams"]) == 0
    file = letters / "teams.toml"
    if expected is None:
        assert not file.exists()
        return
    teams = parse_teams(file.read_text("utf-8"))
    assert (*(team.name for team in teams.teams), teams.ours) == expected


def test_a_broken_file_ends_with_5_after_the_good_ones_are_shown(corpus, capsys):
    (corpus / "teams.toml").write_text("name = “甲”", "utf-8")
    (corpus / "另一件").mkdir()
    (corpus / "另一件/teams.toml").write_text(TEAMS, "utf-8")
    (corpus / "另一件/函.txt").write_text("请函复。", "utf-8")
    assert main(["teams"]) == 5
    captured = capsys.readouterr()
    assert "第1行：用了全角符号" in captured.err
    assert "甲局" in captured.out


def test_teams_without_a_corpus(here, capsys):
    assert main(["teams", "--corpus", "没有"]) == 3
    assert "没有" in capsys.readouterr().err


def test_doctor_tells_what_is_there_and_what_is_missing(here, capsys):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in (
        "Python",
        "coordnlp",
        "spacy",
        "jieba",
        "scikit-learn",
        "LibreOffice",
        "rapidocr",
        "tesseract",
        "模型",
    ):
        assert any(re.match(rf"[有缺]  {name}", line) for line in lines), name
    assert any(line.startswith("缺  文书文件夹") and "coordnlp init" in line for line in lines)


@pytest.mark.parametrize("found", [True, False])
def test_doctor_tells_what_recognises_scans_and_how_to_get_it(found, here, capsys, monkeypatch):
    monkeypatch.setattr("coordnlp.doctor.find_tesseract", lambda: "/usr/bin/tesseract" if found else "")
    monkeypatch.setattr("coordnlp.doctor.metadata.version", lambda name: "3.10.0" if found else _missing(name))
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.replace("\n", " ")
    assert ("有  rapidocr" in lines, "有  tesseract" in lines) == (found, found)
    assert ("coordnlp[ocr]" in lines, "tesseract-ocr-chi-sim" in lines) == (not found, not found)


def _missing(name):
    raise PackageNotFoundError(name)


@pytest.mark.parametrize("found", [True, False])
def test_doctor_tells_what_libreoffice_and_antiword_are_for_and_how_to_get_them(found, here, capsys, monkeypatch):
    for name, path in (("find_soffice", "/usr/bin/soffice"), ("find_antiword", "/usr/bin/antiword")):
        monkeypatch.setattr(f"coordnlp.doctor.{name}", lambda path=path: path if found else "")
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.replace("\n", " ")
    assert ("有  LibreOffice" in lines, "有  antiword" in lines) == (found, found)
    assert ("libreoffice.org" in lines, "apt install antiword" in lines) == (not found, not found)


def test_doctor_tells_of_a_broken_file_and_of_a_folder_that_cannot_be_written(corpus, capsys):
    (corpus / "teams.toml").write_text("name = 甲", "utf-8")
    (corpus.parent / "outputs").write_text("文件", "utf-8")
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"缺  双方名单.*第1行", out)
    assert re.search(r"缺  结果文件夹.*--out", out)


# --- the process ---------------------------------------------------------------------------------


def test_a_gbk_console_shows_what_it_can(here):
    done = _run("--help", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert "谁问了没答" in done.stdout.decode("gbk")
    done = _run("explain", "编号😀", PYTHONIOENCODING="gbk")
    assert done.returncode == 3
    assert "请先运行" in done.stderr.decode("gbk")
    done = _run("😀", PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    assert "没有命令 ?" in done.stderr.decode("gbk")


def test_the_exit_code_reaches_the_shell(here):
    done = _run("report", PYTHONIOENCODING="utf-8")
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
