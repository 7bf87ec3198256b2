"""How names of units are spelled: what is one, its core, and which short form may stand for which name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from coordnlp.layout.lexicon import DocumentWords
from coordnlp.layout.lines import squeeze
from coordnlp.names import NameWords
from coordnlp.stages.parties.words import PartyWords
from coordnlp.tables import TriedPattern, first_match

# A number stands inside a name (地铁4号线项目部), a date or a sum does not.
_HAN = re.compile(
    r"^[\u4e00-\u9fffA-Za-z“”·](?:[\u4e00-\u9fffA-Za-z“”·]|\d{1,4}(?![\d年月日时点分期届次条项万亿元个人])(?=[\u4e00-\u9fff]))*$"
)
_BRACKETS = re.compile(r"[（(【\[〔][^（()）】\]〕]*[）)】\]〕]")
_WHOLE = re.compile(r"^[（(【\[](.*)[）)】\]]$")
_TO = re.compile(r"^(?:尊敬的|致|回|复|答复|呈|送|报)(?=[\u4e00-\u9fff]{3})")
_LONGEST = 34


@dataclass(frozen=True)
class Facing:
    """Two bodies of one unit that are the two sides.

    Attributes:
        own: What the body that speaks for itself alone is called.
        whole: What the executive is called, which speaks for the unit as well.
        unit: The unit's longest name, '' while it is looked for or where it is never named.
    """

    own: TriedPattern
    whole: TriedPattern
    unit: str = ""


@dataclass(frozen=True)
class Spelling:
    """The words that tell units, people and posts apart.

    `heads` are names that letters bear: against them short forms are recognised. `public` are mail houses that anyone
    may use. `single` are names of one side although they sound like a joint body: 市轨道交通建设指挥部. `facing` are
    two bodies of one unit, where they are the two sides.
    """

    words: PartyWords
    people: NameWords
    documents: DocumentWords
    heads: frozenset[str] = field(default_factory=frozenset)
    known: frozenset[str] = field(default_factory=frozenset)
    public: frozenset[str] = field(default_factory=frozenset)
    single: frozenset[str] = field(default_factory=frozenset)
    facing: Facing | None = None

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """Ends of unit names."""
        return (*self.words.units.endings, *(e for e in self.documents.signature.unit_endings if "章" not in e))

    @cached_property
    def _short(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.words.units.short.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def _bodies(self) -> tuple[str, ...]:
        return tuple(sorted(self.words.units.bodies, key=lambda word: (-len(word), word)))

    @cached_property
    def before(self) -> tuple[str, ...]:
        """Words of sentences that a name may follow; 市 and 县 may be its beginning as well."""
        return tuple(word for word in self.words.units.before if word not in self.words.units.places)

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """Names, and words of names, in which 和 or 与 parts nothing: 住房和城乡."""
        return (
            *self.words.units.joined,
            *(name for name in sorted(self.heads) if any(joiner in name for joiner in "和与同")),
        )

    def unit(self, text: str, *, loose: bool = False) -> str:
        """Return the name of a unit that a piece of a header is, '' for anything else.

        Args:
            loose: The place itself says that a unit stands here: a short form of a name that letters bear will do.
        """
        name = self._undressed(_TO.sub("", squeeze(text).strip()) if loose else text)
        if squeeze(text).strip() in self._no_names or name in self._no_names:
            return ""
        if not 2 <= len(name) <= _LONGEST or not _HAN.match(name) or any(word in name for word in ("关于", "与")):
            return ""
        if (
            first_match(self.words.passing, name)
            or any(word in name for word in ("各", "有关", "全体"))
            or name.startswith(self.words.units.collective)
        ):
            return ""
        if name.endswith(self.endings) or self.faces(name):
            return "" if self.is_bare(name) else name
        if not loose or self.is_post(name) or self._holds_person(name) or not self.abbreviates_head(name):
            return ""
        return name

    @cached_property
    def _no_names(self) -> frozenset[str]:
        """Kinds of papers and labels of fields: 催办函, 事由."""
        return frozenset((*(ending for ending, _ in self.documents.endings), *self.documents.label_group))

    def _undressed(self, text: str) -> str:
        bare = squeeze(text).strip(" 　：:，,。；;、*#—-·|").strip()
        whole = _WHOLE.match(bare)
        bare = whole.group(1) if whole else _BRACKETS.sub("", bare)
        bare = re.sub(r"\s", "", bare)
        bare = re.sub(r"的[^的]{0,8}$", "", bare)
        while True:
            shorter = next((bare.removesuffix(d) for d in self.words.units.dress if bare.endswith(d)), bare)
            if shorter == bare or len(shorter) < 2:
                return bare
            bare = shorter

    def is_bare(self, name: str) -> bool:
        """Tell whether a name is nothing but a body or an office (办公室, 党委, 村委会), and no side by itself."""
        return (name in self.words.units.bodies or name in self.words.units.short) and not self.faces(name)

    def faces(self, name: str) -> str:
        """Return which of two bodies that face each other a name is that of, '' for any other unit.

        The unit's own name is the executive's: 总院 where 院党委 and 院行政班子 write to each other.
        """
        if not self.facing:
            return ""
        body, root = self.part_body(name)
        unit = self.facing.unit
        if not body:
            return self.facing.whole.name if unit and self.core(root) == self.core(unit) else ""
        return body if not unit or self.is_within(root, unit) else ""

    def part_body(self, name: str) -> tuple[str, str]:
        """Split a name into which of two bodies that face each other it is that of, '' for neither, and the unit's."""
        if not self.facing:
            return "", name
        bare = next((name.removeprefix(o) for o in self.words.units.openings if name.startswith(o)), name)
        if bare != name and bare.endswith("委员会") and self.facing.own.name in self.words.units.party:
            return self.facing.own.name, bare.removesuffix("委员会")
        for body in (self.facing.own, self.facing.whole):
            if found := body.regex.search(bare):
                return body.name, bare[: found.start()]
        return "", name

    def is_within(self, root: str, unit: str) -> bool:
        """Tell whether the beginning of a body's name may stand for a unit: '', 院, 学校 or the unit's name."""
        kinds = self.people.kinds.of(unit)
        if not root or root == unit or any(root in kind for kind in kinds):
            return True
        return abbreviates(root, self.core(unit)) or (not kinds and root in self.people.kinds.ends)

    def ends_as_department(self, name: str) -> bool:
        """Tell whether a name ends as departments do; 办事处 is a unit of its own, and so is a body that is a side."""
        units = self.words.units
        if self.faces(name):
            return False
        return name.endswith(units.departments) and not name.endswith(units.no_departments)

    def is_department(self, name: str) -> bool:
        """Tell whether a name is that of a department: short, or with the unit's name before it (某局办公室)."""
        if not self.ends_as_department(name):
            return False
        return len(name) <= 4 or any(name != head and name.startswith(head) for head in self.heads)

    def is_joint(self, name: str) -> bool:
        """Tell whether a name is that of a joint body."""
        if any(one.endswith(name) or name.endswith(one) for one in self.single):
            return False
        return any(word in name for word in self.words.units.joint)

    def is_person(self, word: str) -> bool:
        """Tell whether a word is a person's name and neither a form of address (柳局, 陈工) nor a unit's name."""
        if word in self.known:
            return True
        if not self.people.is_person(word) or word in self.words.units.dress or self._is_address(word):
            return False
        if word in self.heads or self.abbreviates_head(word):
            return False
        return not word.endswith(self.endings) or (len(word) == 3 and word.endswith(self.words.units.also_names))

    def _is_address(self, word: str) -> bool:
        called = len(word) == 2 and word.endswith(self.words.units.called)
        return called or word[1:] in self.people.posts or (len(word) == 3 and word.endswith(("长", "员", "师傅")))

    def _holds_person(self, name: str) -> bool:
        """Tell whether a name is a person's, or ends with one that is surely a person (综合办施雯)."""
        return self.is_person(name) or any(name[-size:] in self.known for size in (2, 3, 4))

    def is_post(self, word: str) -> bool:
        """Tell whether a word is a post or a form of address."""
        return word.endswith((*self.words.units.posts, *self.people.posts, "您好", "你好"))

    def post_in(self, words: str) -> str:
        """Return the post that ends some words, those of a sentence before it left out: 与你局的联系由办公室主任."""
        return words[max((words.rfind(one) + len(one) for one in self.words.units.gives if one in words), default=0) :]

    def core(self, name: str) -> str:
        """Return a name without openings, legal form and the bodies at its end: 中共樟沐镇委员会 → 樟沐镇."""
        bare = name
        for opening in self.words.units.openings:
            bare = bare.removeprefix(opening)
        for legal in self.words.units.legal:
            bare = bare.replace(legal, "")
        while True:
            shorter = self._without_body(bare)
            if shorter == bare:
                return bare
            bare = shorter

    def _without_body(self, name: str) -> str:
        for long, short in self._short:
            if name.endswith(long) and len(name) - len(long) + len(short) >= 2:
                return name.removesuffix(long) + short
        for body in self._bodies:
            if name.endswith(body) and len(name) - len(body) >= 2:
                return name.removesuffix(body)
        return name

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the ways in which a full name may be shortened: 中共樟沐镇委员会 is also 樟沐镇党委."""
        core = self.core(name)
        if self.facing and self.faces(name) == self.facing.own.name:
            # The unit's own name is the other side's.
            return (name, self.part_body(name)[1] + self.facing.own.name, self.facing.own.name)
        party = (core + "党委",) if name.startswith("中共") and name.endswith("委员会") else ()
        board = (name.removesuffix("员会"),) if name.endswith("委员会") else ()
        return (name, core, *party, *board)

    def plain(self, name: str) -> str:
        """Return a name without 班子 at its end."""
        return re.sub(r"(?<=..)(?:领导班子|党政班子|班子|领导)$", "", name)

    def place(self, name: str) -> str:
        """Return the place that a name begins with (禾溪县, 下坝村), '' where it begins with none."""
        bare = next((name.removeprefix(o) for o in self.words.units.openings if name.startswith(o)), name)
        found = self._place.match(bare)
        return found.group() if found else ""

    @cached_property
    def _place(self) -> re.Pattern[str]:
        return re.compile(rf"[\u4e00-\u9fff]{{2,3}}?(?:{'|'.join(self.words.units.places)})")

    def body(self, name: str) -> str:
        """Return which body of a place a name is that of: party, government, '' where it does not tell."""
        if name.startswith(("中共", "中国共产党")) or name.endswith(self.words.units.party):
            return "party"
        return "government" if name.endswith(self.words.units.government) else ""

    def root(self, name: str) -> str:
        """Return the character that a form such as 港方 or 馆里 hangs on, '' for other names."""
        tails = self.words.units.root_tails
        return name[0] if len(name) == 2 and name[1] in tails else ""

    @cached_property
    def roots(self) -> frozenset[str]:
        """The characters that close names that letters bear: 局 and 镇, where they write to each other."""
        return frozenset(self.core(head)[-1] for head in self.heads) - frozenset(self.words.units.no_roots)

    def is_kind_of(self, kind: str, name: str) -> bool:
        """Tell whether a name is the only one that letters bear of a kind of units: 公司."""
        if name not in self.heads or kind not in self.people.kinds.of(name):
            return False
        return len({self.core(head) for head in self.heads if head != kind and kind in self.people.kinds.of(head)}) == 1

    def is_of_letters(self, name: str) -> bool:
        """Tell whether a name is that of a unit that letters bear, in full, short, or by its root: 镇, 镇里."""
        return (len(name) > 1 and self.abbreviates_head(name)) or (self.root(name) or name) in self.roots

    @cached_property
    def _head_forms(self) -> tuple[str, ...]:
        return tuple(sorted({form for head in self.heads for form in self.forms(head)}))

    def differ(self, one: str, two: str) -> bool:
        """Tell whether two names are not spellings of one."""
        return self.core(one) != self.core(two)

    def abbreviates_head(self, name: str) -> bool:
        """Tell whether a name may be short for one that letters bear."""
        plain = self.plain(name)
        return name in self.heads or any(abbreviates(plain, form) for form in self._head_forms)


def abbreviates(short: str, full: str) -> bool:
    """Tell whether the characters of a shorter name stand in a longer one in the same order."""
    if not 0 < len(short) < len(full):
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


def contains(full: str, short: str) -> bool:
    """Tell whether a shorter name opens or closes a longer one as one run."""
    return len(short) < len(full) and (full.startswith(short) or full.endswith(short))


def split_names(text: str) -> Iterable[str]:
    """Yield the pieces of a list of names; letters that blanks spread out are joined first."""
    for piece in re.split(r"[、，,；;\n]|(?<=[\u4e00-\u9fff）)]{3})[ 　]+(?=[\u4e00-\u9fff（(]{3})|并", text):
        yield close_up(piece)


def close_up(piece: str) -> str:
    """Return a piece without blanks around it, and without those that spread its letters: 澄　州."""
    words = piece.split()
    return "".join(words) if all(len(word) == 1 for word in words) else piece.strip()
