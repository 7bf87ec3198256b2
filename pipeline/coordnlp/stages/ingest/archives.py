"""Read the files in a .zip, in memory only: names are labels, nothing is ever written to a disk.

What an archive says of itself (sizes, names) is not trusted: bytes are counted while they are unpacked.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordnlp.stages.ingest.archive_names import read_names
from coordnlp.stages.ingest.file_names import label_member
from coordnlp.stages.ingest.readings import Attachment, Member, Refusal, UnreadableError
from coordnlp.stages.ingest.skips import advise
from coordnlp.stages.ingest.system_files import TEMPORARY, is_system_file, is_system_folder, is_temporary

_LARGEST_MEMBER = 300 * 1024 * 1024  # bytes, as of a file in the folder
_PIECE = 1024 * 1024  # bytes
_MOST_RATIO = 200  # bytes unpacked for each packed one; repetitive logs reach some 100, bombs 1,000
_LEAST_BOMB = 10 * 1024 * 1024  # bytes below which the ratio does not matter
_LINK = 0o120000  # file type of a symbolic link in the mode that Unix zippers keep
_ENCRYPTED_FLAG = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, IndexError)

_DAMAGED = "压缩包不完整，打不开，请重新取得，或用解压软件修复后解压，把里面的文件放入文件夹。"
_DAMAGED_MEMBER = "这个文件在压缩包里已损坏，解不出来，请重新取得原件。"
_ENCRYPTED = "压缩包里的这个文件有密码，请用密码解压，把解压后的文件放入文件夹。"
_PACKING = "压缩包用了本版不认识的压缩方法，请用解压软件解压，把里面的文件放入文件夹。"
_LARGE = "文件解开后超过300MB，请拆分或压缩图片后再放入。"
_FULL = "压缩包里的内容太多，解到1GB为止，这个文件没有读；请解压后分批放入文件夹。"
_BOMB = "文件压缩得异常紧，像是有意做成的，为安全起见没有读取；确实需要的，请解压后放入文件夹。"


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one file of the dossier, archives within archives included."""

    members: int = 5000
    size: int = 1024 * 1024 * 1024  # bytes


def list_members(content: bytes, budget: Budget) -> Iterator[Member]:
    """Return the files in a .zip, in its order; folders and what the system left are not among them.

    Args:
        budget: Shared by all archives in one file of the dossier; what is unpacked is taken off it.

    Raises:
        UnreadableError: `damaged`, when the archive cannot be opened.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
        names = read_names(infos)
    except (*_BROKEN, NotImplementedError) as error:
        raise UnreadableError("damaged", _DAMAGED) from error
    pairs = [(info, label_member(name)) for info, name in zip(infos, names, strict=True) if not _is_folder(info, name)]
    return _read_all(archive, [(info, label) for info, label in pairs if not _is_of_system(label)], budget)


def _is_folder(info: zipfile.ZipInfo, name: str) -> bool:
    """Tell whether a member is a folder; old .NET programs end its name with a backslash."""
    return name.endswith("/") or (name.endswith("\\") and not info.file_size)


def _is_of_system(name: str) -> bool:
    *folders, last = name.split("/")
    return is_system_file(last) or any(is_system_folder(folder) for folder in folders)


def _read_all(
    archive: zipfile.ZipFile, wanted: Sequence[tuple[zipfile.ZipInfo, str]], budget: Budget
) -> Iterator[Member]:
    for number, (info, name) in enumerate(wanted):
        if budget.members <= 0:
            left = len(wanted) - number
            yield Refusal("", "too_large", f"压缩包里的文件太多，还有{left}个没有读；请解压后分批放入文件夹。")
            return
        budget.members -= 1
        yield _read_member(archive, info, name, budget)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> Member:
    refused = _refuse(info, name)
    if refused:
        return refused
    try:
        return Attachment(name, _unpack(archive, info, budget))
    except UnreadableError as error:
        return Refusal(name, error.reason, error.detail)
    except (NotImplementedError, RuntimeError):  # zipfile's words for a way of packing that it does not know
        return Refusal(name, "unsupported", _PACKING)
    except MemoryError:
        return Refusal(name, "too_large", _LARGE)
    except _BROKEN:
        return Refusal(name, "damaged", _DAMAGED_MEMBER)


def _refuse(info: zipfile.ZipInfo, name: str) -> Refusal | None:
    """Refuse what its entry in the archive rules out."""
    if is_temporary(name.rpartition("/")[2]):
        return Refusal(name, "temporary", TEMPORARY)
    if info.flag_bits & _ENCRYPTED_FLAG:
        return Refusal(name, "encrypted", _ENCRYPTED)
    linked = info.external_attr >> 16 & 0o170000 == _LINK
    return Refusal(name, "unsupported", advise(".lnk")) if linked else None


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """Return the bytes of a member, counted while they come.

    Raises:
        UnreadableError: `too_large`.
    """
    pieces, size = list[bytes](), 0
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            budget.size -= len(piece)
            if size > _LARGEST_MEMBER:
                raise UnreadableError("too_large", _LARGE)
            if budget.size < 0:
                raise UnreadableError("too_large", _FULL)
            if size > _LEAST_BOMB and size > _MOST_RATIO * info.compress_size:
                raise UnreadableError("too_large", _BOMB)
            pieces.append(piece)
    return b"".join(pieces)
