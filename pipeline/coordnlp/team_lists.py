"""The command `coordnlp teams`: show and check the list of the two teams, or propose one and write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coordnlp.analysis import sift
from coordnlp.errors import ConfigurationError, UsageError
from coordnlp.proposals import HELP, change_teams, describe_proposal, format_proposal
from coordnlp.records import Teams, TeamsProposal
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.parties import propose_teams
from coordnlp.teams import FILE_NAME, TEMPLATE, describe_teams, find_teams_file, is_untouched, load_teams

Say = Callable[[str], None]
Ask = Callable[[str], str]
_HOW = "改"
_YES, _NO = ("是", "y", "yes"), ("否", "n", "no", "")


def show_teams(dossier: Path, say: Say, *, ask: Ask | None, write: bool) -> None:
    """Show the teams of a dossier as its file names them, else propose them.

    Args:
        say: Shows text to the user.
        ask: Asks the user and returns the answer; None where nobody can be asked.
        write: Write a proposal without asking. A file that names somebody is never overwritten.

    Raises:
        ConfigurationError: The file is broken, or there is nothing to write.
        UsageError: The file cannot be written.
    """
    file = find_teams_file(dossier)
    if file is not None:
        teams = load_teams(file)
        say(f"名单：{file}\n{describe_teams(teams)}")
        if write:
            say(f"已有 {FILE_NAME}，没有改动。要重新推测，请先把它改名。")
        return
    proposal = propose_teams(sift(read_dossier(dossier)).documents)
    say(describe_proposal(proposal))
    if proposal.teams is None:
        if write:
            raise ConfigurationError("没有认出往来双方，没有写名单。", "请运行 coordnlp teams 看样例，自己写一份。")
        say(f"请把下面的内容存成 {FILE_NAME}，填好后放进这个文件夹：\n\n{TEMPLATE}")
        return
    _settle(dossier, proposal, proposal.teams, say, ask=None if write else ask, write=write)


def _settle(dossier: Path, proposal: TeamsProposal, teams: Teams, say: Say, *, ask: Ask | None, write: bool) -> None:
    """Write a proposal, after the user has changed in it what is wrong."""
    if ask is None and not write:
        say(f"核对无误，运行 coordnlp teams --write 写成 {FILE_NAME}；也可以自己写。")
        return
    while ask is not None:
        answer = ask(f"写进 {dossier / FILE_NAME} 吗？（是／否，输入“{_HOW}”看怎么修改）").strip()
        if answer.lower() in _NO:
            say("没有写。")
            return
        if answer.lower() in _YES:
            break
        changed = change_teams(teams, answer)
        if changed is not None:
            say(describe_teams(changed))
        else:
            say(HELP if answer == _HOW else f"没有照办：{answer}。可以输入：\n{HELP}")
        teams = changed or teams
    say(f"写好了：{_write(dossier / FILE_NAME, format_proposal(teams, proposal))}")


def _write(file: Path, text: str) -> Path:
    """Write the list; only the blank one of `coordnlp init` gives way to it."""
    try:
        if is_untouched(file):
            file.write_text(text, "utf-8")
        else:
            with file.open("x", encoding="utf-8") as stream:
                stream.write(text)
    except OSError as error:
        raise UsageError(
            f"不能写 {file}：{error.strerror}。", "请检查文件夹的写入权限，或者文件是否正被打开。"
        ) from error
    return file
