"""check_cases - documents with one mistake each, and what check says of them

A case is a document, in which the caret `‸` stands before each place that is meant, and the sentences
in the order of their places. `warning: ` and `nowhere: ` (no place) may stand before a sentence.
"""

import dataclasses

CARET = "‸"

HEADER = "document: {dsl: '1.0.3', namespace: test, name: case, version: '1.0.0'}\n"


@dataclasses.dataclass(frozen=True)
class Case:
    document: str
    said: tuple
    beside: tuple = ()  # other documents that it sees
    jq: bool = False    # jq is asked too
    raw: bytes = b""    # the document, where it is no text
    foreign: str = None  # what others say, which is quoted as it is


def case(document, *said, **more):
    return Case(document, said, **more)


def workflow(text, *said, head="", **more):
    """A workflow with these steps; head: what stands before `do`."""
    return Case(f"{HEADER}{head}do:\n{text}\n", said, **more)


def header(kind, name="case"):
    return f"document: {{kind: {kind}, name: {name}, version: '1'}}\n"
