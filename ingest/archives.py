"""Zip archives and the XML in them, opened with care: no bombs, no entities, nothing from outside."""

import io
import zipfile

from lxml import etree

from rag.errors import UnreadableError

MOST_UNPACKED = 200_000_000  # bytes of all members together
MOST_XML = 40_000_000  # bytes of one XML member
_MOST_MEMBERS = 5_000
_MOST_RATIO = 200  # to one, of a member beyond the first megabyte


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in these bytes. Raises UnreadableError for anything else, and for one that unpacks to much more
    than a document would, before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise UnreadableError("it is damaged or not what its name says", "Save it anew.") from error
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("it is protected with a password", "Save it without one.")
    xml = (m for m in members if m.filename.endswith((".xml", ".rels")))
    if (
        len(members) > _MOST_MEMBERS
        or sum(member.file_size for member in members) > MOST_UNPACKED
        or any(m.file_size > 1_000_000 and m.file_size > _MOST_RATIO * max(1, m.compress_size) for m in members)
        or any(m.file_size > MOST_XML for m in xml)
    ):
        raise UnreadableError("it unpacks to far more than a document holds", "Save it anew, or save its text.")
    return archive


def xml_of(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of an XML member, or None when there is no such member. Raises UnreadableError for bad XML."""
    try:
        data = archive.read(name)
    except KeyError:
        return None
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableError("it is damaged", "Save it anew.") from error
    return parse_xml(data)


def parse_xml(data: bytes) -> etree._Element:
    """The root of this XML. Raises UnreadableError for anything else, and for what declares entities."""
    if b"<!ENTITY" in data or b"<\x00!\x00E\x00N\x00T" in data or b"\x00<\x00!\x00E\x00N\x00T" in data:
        raise UnreadableError("its XML declares entities, as no document does", "Save it anew.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("its XML is damaged", "Save it anew, or save its text.") from error
