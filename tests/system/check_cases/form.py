"""form - YAML itself, the head of a document, and values of the wrong kind"""

from check_cases import CARET, HEADER, case, header, workflow

DEEP = "[" * 191 + CARET + "[]" + "]" * 191

CASES = [
    # --- the text --------------------------------------------------------------------------------
    case("‸", "the byte 0xC3 is not UTF-8 here: save the file as UTF-8", raw=b"\xC3("),
    case("a: ‸", "the control character U+0007 is not allowed", raw=b"a: \x07"),
    case("‸", "the document is empty"),
    case("a: [1\n‸", "not well-formed YAML: did not find expected ',' or ']' "
         "(while parsing a flow sequence that begins at line 1)"),
    case("a: ‸@b\n", "not well-formed YAML: found character that cannot start any token "
         "(while scanning for the next token that begins at line 1)"),
    case("a: b‸: c\n", "not well-formed YAML: mapping values are not allowed in this context"),
    case("a: 1\n‸--- \nb: 2\n",
         "a second document begins here: a file holds one"),
    case("a: " + DEEP + "\n", "lists and maps are nested deeper than 192 levels"),
    case("a: [" + "1," * 199998 + "‸2]\n",
         "the document has more than 200000 values (aliases followed)"),
    case("a: &a '" + "x" * 2100000 + "'\nb: ‸*a\n",
         "the texts of the document are longer than 4194304 bytes (aliases followed)"),
    case("a: [" + ",".join(f"&a{i} 1" for i in range(1000)) + ", ‸&b 2]\n",
         "the document has more than 1000 anchors"),
    case("a: 1\n‸a: 2\n", 'the key "a" is here for the second time (first in line 1)'),
    case("? [1‸]\n: 2\n", "a key must be a text, not a list or a map"),
    case("a: {‸<<: {b: 1}}\n", "merge keys (<<) are not supported"),
    case("a: ‸!x 1\n", "tags (!…) are not supported"),
    case('a: ‸"\\0"\n', "a text must not hold the character NUL"),
    case("a: &a [‸*a]\n", "this alias stands inside the value that it names"),
    case("a: ‸*b\n", "this alias names no anchor above it"),

    # --- the head --------------------------------------------------------------------------------
    case("‸- a\n", 'a document is a map that has "document"'),
    case("‸do: []\n", 'the field "document" is missing here'),
    case("document: ‸{name: a}\n", 'a document needs "dsl" (a workflow) or "kind": roadmap, bodies, '
         'policy, calendar, routes, indicators'),
    case("document: {kind: ‸plan, name: a}\n", '"plan" is no kind of document: roadmap, bodies, policy, '
         'calendar, routes or indicators is expected; a workflow has "dsl" instead'),
    case(HEADER.replace("'1.0.3'", "‸'2.0.0'") + "do: [{a: {set: {n: 1}}}]\n",
         'version "2.0.0" of the DSL is not supported: 1.0.x is'),
    case(HEADER.replace("namespace: test, ", "").replace("{", "‸{") + "do: [{a: {set: {n: 1}}}]\n",
         'the field "namespace" is missing here'),
    case("document: {kind: policy, name: case, version: '1', ‸titel: x}\n"
         "at: '09:00'\nsoon: 1\nladder: []\n",
         'the document has no field "titel": did you mean "title"?'),
    case(HEADER.replace("{", "{‸owner: me, ") + "do: [{a: {set: {n: 1}}}]\n",
         'the document of a workflow has no field "owner"'),

    # --- values ----------------------------------------------------------------------------------
    workflow("- a: {call: ‸[x]}", '"call" must be a text'),
    workflow("- a: {fork: {branches: ‸x}}", '"branches" must be a list'),
    workflow("- a: {fork: ‸x}", '"fork" must be a map of fields'),
    workflow("- a: ‸x", "a step is expected here, as a map of fields"),
    workflow("- a: {fork: {compete: ‸maybe, branches: [{x: {call: work}}]}}",
          '"compete" must be true or false'),
    workflow("- a: {call: work, metadata: {marshrut: {retry: {attempts: ‸many}}}}",
          '"attempts" must be a whole number'),
    workflow("- a: {call: work, metadata: {marshrut: {retry: {jitter: ‸101}}}}",
          '"jitter" must be from 0 to 100'),
    workflow("- a: {set: {n: ‸0x1F}}",
          "the number 0x1F is not supported: write it in decimal, or in quotes as a text"),
    workflow("- a: {set: {n: ‸1e999}}", "the number 1e999 is too large: write it in quotes"),
    case(HEADER.replace("name: case", "name: ‸имя") + "do: [{a: {set: {n: 1}}}]\n",
         "\"имя\" is no name: Latin letters, digits, '.', '_' and '-' make a name"),
    case(HEADER.replace("name: case", "name: case, title: ‸''") + "do: [{a: {set: {n: 1}}}]\n",
         "a text is expected here, and it is empty"),
    case(HEADER.replace("name: case", "name: case, title: ‸" + "т" * 2049)
         + "do: [{a: {set: {n: 1}}}]\n", "this text has 4098 bytes; the limit is 4096"),
    case(HEADER.replace("name: case", 'name: case, title: ‸"a\\tb"') + "do: [{a: {set: {n: 1}}}]\n",
         "this text must be one line, without control characters"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [‸[b]], "
          "due: {from: 2023-01-01, to: 2023-02-01}}}", "a text is expected here"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], "
          "due: {from: ‸01.01.2023, to: 2023-02-01}}}",
          '"01.01.2023" is not a date: write it as 2023-08-15 (years 1900 to 2199)'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], "
          "due: {from: 2023-03-01, to: ‸2023-02-01}}}",
          "the window ends (2023-02-01) before it starts (2023-03-01)"),
    workflow("- a: {wait: ‸{}}", "this duration is empty"),
    workflow("- a: {wait: ‸{days: 36524, hours: 48}}", "this duration is longer than a century"),
    workflow("- a: {wait: ‸[PT1S]}", "a duration is expected here, not a list"),
    workflow("- a: {call: work, metadata: {marshrut: {retry: {delay: ‸'${ .d }'}}}}",
          "an expression is not supported here: write the duration"),
    workflow("- a: {wait: ‸5 minutes}",
          '"5 minutes" is not a duration: write it as PT30S, PT1H30M or P1D'),
    workflow("- a: {wait: ‸P1Y}", '"P1Y" has years or months, which have no fixed length'),
    workflow("- a: {wait: ‸P99999D}", '"P99999D" is longer than a century'),
]
