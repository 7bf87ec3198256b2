"""What the report rests on: papers, period, how many matters are at which stage, and how to read the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coordnlp.proposals import is_sure
from coordnlp.records import Party, Verdict
from coordnlp.report.papers.kinds import CHECKS, ISSUES, MEASURES, PROMISES, REQUESTS, of_kinds
from coordnlp.report.papers.parts import Grid, Line, Part
from coordnlp.report.papers.sources import Sources

_VERDICTS: tuple[Verdict, ...] = ("closed", "gap", "pending", "cannot_tell")


def overview(sources: Sources) -> Iterator[Part]:
    """Yield the first section."""
    dossier, words = sources.dossier, sources.words.basis
    yield Line("body", words.caution)
    yield Line("body", _documents(sources))
    if dossier.proposal:
        yield Line("body", words.guessed.format(confidence=f"{dossier.proposal.confidence:.2f}"))
        if not is_sure(dossier.proposal):
            yield Line("body", words.unsure)
    yield Line("body", words.found.format(requests=len(dossier.requests)))
    if dossier.gaps:
        yield Line("body", _rows(sources))
    yield Line("caption", words.table)
    yield _stages(sources)
    yield Line("body", _how_to_read(sources))


def _rows(sources: Sources) -> str:
    """Tell how many rows there are, of which kinds, and how many of them press most."""
    words, report, gaps = sources.words.basis, sources.words.report, sources.gaps
    kinds = (
        (report.requests, REQUESTS),
        (report.promises, PROMISES),
        (report.issues, ISSUES),
        (report.measures, MEASURES),
        (sources.words.unsettled.check, CHECKS),
    )
    counts = [(title, len(of_kinds(gaps, types))) for title, types in kinds]
    told = [words.kind.format(title=title, count=count) for title, count in counts if count]
    gravest = sources.labels.severity[0]
    grave = sum(gap.severity >= gravest.least for gap in gaps)
    kinds_told = sources.words.general.list.join(told)
    return words.rows.format(count=len(gaps), kinds=kinds_told, word=gravest.word, grave=grave)


def _documents(sources: Sources) -> str:
    dossier, words, day = sources.dossier, sources.words.basis, sources.words.day
    as_of, count = day(dossier.as_of), len(dossier.headers)
    dates = sorted(header.date for header in dossier.headers if header.date)
    if not count:
        return words.no_documents.format(as_of=as_of)
    senders = sources.words.general.list.join(_senders(sources))
    if not dates:
        return words.undated.format(count=count, as_of=as_of, senders=senders)
    return words.documents.format(count=count, first=day(dates[0]), last=day(dates[-1]), as_of=as_of, senders=senders)


def _senders(sources: Sources) -> Iterator[str]:
    words, counts = sources.words.basis, Counter(header.sender for header in sources.dossier.headers)
    for team in sources.dossier.teams.teams:
        yield words.sender.format(party=team.name, count=counts[team.id])
    others = counts["X"] + counts[None]
    if counts["AB"]:
        yield words.joint.format(count=counts["AB"])
    if others:
        yield words.others.format(count=others)


def _stages(sources: Sources) -> Grid:
    """Return how many matters each side has to answer for, by what became of them."""
    dossier, words = sources.dossier, sources.words.basis
    verdicts = {life.request: life.verdict for life in dossier.lives}
    counts = Counter((one.responsible, verdicts.get(one.id)) for one in dossier.requests)
    parties: list[Party] = [team.id for team in dossier.teams.teams]
    parties += [party for party in ("AB", "X") if any(one == party for one, _ in counts)]
    names: dict[Verdict, str] = {
        "closed": words.closed,
        "gap": words.gap,
        "pending": words.pending,
        "cannot_tell": words.cannot_tell,
    }
    rows = [(words.all, *(str(sum(n for (one, _), n in counts.items() if one == party)) for party in parties))]
    rows += [(names[one], *(str(counts[party, one]) for party in parties)) for one in _VERDICTS]
    titles = (words.state, *(sources.name(party) for party in parties))
    return Grid(titles, tuple(rows), (34, *(66 // len(parties) for _ in parties)))


def _how_to_read(sources: Sources) -> str:
    words, scale = sources.words.basis, sources.labels.sureness
    told = [words.scale.format(least=one.least, word=one.word) for one in scale[:-1]]
    told.append(words.scale_rest.format(word=scale[-1].word))
    return words.reading.format(scale=sources.words.general.comma.join(told))
