"""XML as a stream: encodings, what is refused, memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from improvement_board.sources import xml_files, xml_text
from improvement_board.sources.xml_files import line_of, read_elements, root_place, without_declaration
from improvement_board.sources.xml_text import UnreadableXmlError, encoding_of

TEXT = "<Message>\n<Child><Name>Zoë O’Brien</Name></Child>\n<Child><Name>Ann</Name></Child>\n</Message>"


def names(file: Path) -> list[tuple[str | None, int | None]]:
    return [
        (record.findtext("{*}Name"), line_of(record))
        for record in read_elements(file, ("Child",), encoding_of(file).name)
    ]


def saved(folder: Path, raw: bytes) -> Path:
    file = folder / "a.xml"
    file.write_bytes(raw)
    return file


@pytest.mark.parametrize(
    ("declared", "encoding", "mark"),
    [
        ("", "utf-8", b""),
        ("", "utf-8", codecs.BOM_UTF8),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8", b""),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", b""),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "cp1252", b""),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-8", b""),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16-le", codecs.BOM_UTF16_LE),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16-be", codecs.BOM_UTF16_BE),
        ('<?xml version="1.0"?>', "utf-16-le", b""),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-32-le", codecs.BOM_UTF32_LE),
        ('<?xml version="1.0" encoding="windows-1259"?>', "utf-8", b""),
        ('<?xml version="1.0" encoding="hex"?>', "utf-8", b""),
        ('\n  <?xml version="1.1" encoding="utf-8" standalone="yes"?>', "utf-8", b""),
    ],
)
def test_encodings_are_read_as_they_are_not_as_they_claim(
    tmp_path: Path, declared: str, encoding: str, mark: bytes
) -> None:
    file = saved(tmp_path, mark + (declared + TEXT).encode(encoding))
    assert encoding_of(file).unfit_line is None
    line = 1 + declared.count("\n")
    assert names(file) == [("Zoë O’Brien", line + 1), ("Ann", line + 2)]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_western_bytes_in_a_file_that_claims_utf_8_are_read_and_their_line_is_known(
    tmp_path: Path, mark: bytes
) -> None:
    file = saved(tmp_path, mark + ('<?xml version="1.0" encoding="utf-8"?>\n' + TEXT).encode("cp1252"))
    assert encoding_of(file) == xml_text.Encoding("cp1252", 3)
    assert names(file) == [("Zoë O’Brien", 3), ("Ann", 4)]


def test_half_a_character_at_the_end_is_told(tmp_path: Path) -> None:
    assert encoding_of(saved(tmp_path, TEXT.encode() + b"\n\xc3")).unfit_line == 5


@pytest.mark.parametrize("size", [64, 65, 100, 150])
def test_pieces_of_any_size_give_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(xml_text, "CHUNK_BYTES", size)
    for encoding in ("utf-8", "utf-16"):
        file = saved(tmp_path, TEXT.encode(encoding))
        assert names(file) == [("Zoë O’Brien", 2), ("Ann", 3)]


def test_a_namespace_and_a_prologue_make_no_difference(tmp_path: Path) -> None:
    prologue = '<?xml version="1.0"?><!-- made <!DOCTYPE by hand --><?style a?>\n'
    body = TEXT.replace("<Message>", '<m:Message xmlns:m="urn:a" xmlns="urn:b">').replace("</Message>", "</m:Message>")
    file = saved(tmp_path, (prologue + body).encode())
    assert names(file) == [("Zoë O’Brien", 3), ("Ann", 4)]


def test_comments_instructions_and_character_sections_inside_are_read_through(tmp_path: Path) -> None:
    file = saved(tmp_path, b"<a><Child><!-- x --><Name>A<!-- y --><?z?><![CDATA[<B>&]]>&amp;&#67;</Name></Child></a>")
    assert names(file) == [("A<B>&&C", 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE Message [<!ENTITY a "b">]><Message/>', "DOCTYPE"),
        (
            "<?xml version='1.0'?><!-- a -->\n<!DOCTYPE Message SYSTEM 'http://example.invalid/a.dtd'><Message/>",
            "DOCTYPE",
        ),
        ("", "does not begin"),
        ("   \n", "does not begin"),
        ("LAchildID,Sex\n1,M\n", "does not begin"),
        ("<", "does not begin"),
        ("<!-- never closed", "does not begin"),
        ("<Message><Child></Message>", "not well-formed"),
        ("<Message><Child/>", "not well-formed"),
        ("<Message><Child>&nbsp;</Child></Message>", "not well-formed"),
        ("<Message><Child>Smith & Sons</Child></Message>", "not well-formed"),
        ("<Message><Child>a\x01b</Child></Message>", "not well-formed"),
        ("<Message/><Message/>", "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableXmlError, match=said):
        names(saved(tmp_path, text.encode()))


def test_the_line_of_a_mistake_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableXmlError) as caught:
        names(saved(tmp_path, b"<Message>\n<Child>\n</Chld>\n</Message>"))
    assert caught.value.line == 3
    assert "line" not in str(caught.value).replace("line 2", "")


def test_an_entity_never_reaches_a_file_or_grows(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    lines = [f'<!ENTITY e0 SYSTEM "{secret.as_uri()}">'] + [
        f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40)
    ]
    text = f"<!DOCTYPE Message [{''.join(lines)}]><Message><Child><Name>&e39;</Name></Child></Message>"
    with pytest.raises(UnreadableXmlError, match="DOCTYPE"):
        names(saved(tmp_path, text.encode()))


def test_many_small_comments_before_the_root_take_no_time() -> None:
    text = "<!---->" * 150_000 + "<Message/>"
    assert root_place(text) == 1_050_000


def test_a_declaration_is_blanked_and_its_lines_kept() -> None:
    assert without_declaration("<?xml\nversion='1.0'\n?>\n<a/>") == "\n\n\n<a/>"
    assert without_declaration("<?xml-stylesheet a?><a/>") == "<?xml-stylesheet a?><a/>"


def test_lines_beyond_65535_are_right(tmp_path: Path) -> None:
    file = saved(tmp_path, b"<a>\n" + b"<Child>\n<Name>x</Name></Child>\n" * 40_000 + b"</a>")
    assert names(file)[-1] == ("x", 80_000)


def test_a_record_without_end_is_refused_before_memory_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_files, "MOST_BYTES_OF_A_RECORD", 10_000)
    monkeypatch.setattr(xml_text, "CHUNK_BYTES", 1_000)
    file = saved(tmp_path, b"<a>\n" + b"<Other>x</Other>\n" * 2_000 + b"</a>")
    with pytest.raises(UnreadableXmlError, match="without the end of a Child"):
        names(file)


def test_a_text_of_more_than_ten_megabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableXmlError, match="not well-formed"):
        names(saved(tmp_path, b"<a><Child><Name>" + b"x" * 11_000_000 + b"</Name></Child></a>"))


def big_file(file: Path, megabytes: int) -> Path:
    record = b"<Child>\n" + b"<CINreferralDate>2023-05-02</CINreferralDate>\n" * 20 + b"</Child>\n"
    with file.open("wb") as out:
        out.write(b"<Message><Children>\n")
        for _ in range(megabytes):
            out.write(record * (1_000_000 // len(record)))
        out.write(b"</Children></Message>")
    return file


def test_fifty_megabytes_pass_through_little_memory(tmp_path: Path) -> None:
    file = big_file(tmp_path / "big.xml", 50)
    process = psutil.Process()

    def used() -> Iterator[int]:
        for number, _ in enumerate(read_elements(file, ("Child",), "utf-8")):
            if number % 5_000 == 0:
                yield process.memory_info().rss

    sizes = list(used())
    assert len(sizes) > 8
    assert max(sizes[1:]) - sizes[0] < 25_000_000


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    file = big_file(tmp_path / "big.xml", 3)
    told: list[int] = []
    assert sum(1 for _ in read_elements(file, ("Child",), "utf-8", told.append)) > 1_000
    assert told == sorted(told)
    assert told[-1] == file.stat().st_size
