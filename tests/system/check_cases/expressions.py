"""expressions - jq in documents: what the guard refuses, what jq says, and where"""

from check_cases import case, header, workflow


def value(text, *said, **more):
    """One expression, strictly written."""
    return workflow("- a: {set: {n: '${ " + text + " }'}}", *said, **more)


def condition(text, *said, **more):
    """One expression, loosely written, in a step that waits for nobody."""
    return workflow(f"- a:\n    set: {{n: 1}}\n    if: {text}", *said, **more)


CASES = [
    value("‸$contxt.a", "there is no $contxt here: did you mean $context?"),
    value("‸$zzz", "there is no $zzz here, but $context, $input, $secrets, $task, $workflow, $runtime"),
    case(header("routes") + "routes:\n- name: r\n  on: {type: t}\n"
         "  start: {workflow: w, input: {n: '${ ‸$zzz }'}}\n", "there is no $zzz here"),
    value("‸env.HOME", "`env` is not supported: an expression sees only what it is given"),
    value("‸$ENV", "`$ENV` is not supported: an expression sees only what it is given"),
    value("‸input", "`input` is not supported: an expression sees only what it is given"),
    condition('‸import "a" as $a; 1', "`import` is not supported: modules can't be loaded"),
    value(".a | ‸debug", "`debug` is not supported: an expression writes nowhere"),
    value("‸halt", "`halt` is not supported: an expression can't end the program"),
    value("0 | ‸localtime", "`localtime` is not supported: its answer depends on the machine"),
    value("‸_nwise(2)", "names that begin with `_` are jq's own"),
    condition("'" + "[" * 100 + "‸[" + "]" * 101 + "'", "brackets nest deeper than 100 levels"),
    value(".a ‸)", "this `)` closes nothing"),
    value("[.a ‸)", "this `)` can't close a `[`"),
    value("a:‸:b", "names of modules (`::`) are not supported"),
    case(header("routes") + "routes:\n- name: r\n  on: {type: t}\n"
         "  start: {workflow: w, input: {n: '${ ‸now }'}}\n", "`now` is not known here"),
    condition('"' + "def f: " * 100 + "def ‸f: " + "1; " * 101 + '"', "definitions nest deeper than 100 levels"),
    value("def f: ‸f; f", "`f` calls itself: recursion is not supported"),
    workflow("- a: {set: {n: '${ map(.a ‸}'}}", "a `(` is not closed"),
    workflow("- a: {set: {n: '${‸ }'}}", "the expression is empty"),
    condition('".a ‸# so"', "a comment can't be the last of an expression"),
    condition('"‸' + "1 + " * 4096 + "1" + '"', "the expression is longer than 16384 bytes"),
    workflow("- a:\n    set:\n" + "".join(f"      n{i}: ${{ .a{i} | length }}\n" for i in range(8000))
             + "      more: ${‸ .a | length }",
          "a document holds at most 8000 expressions of 524288 bytes together"),
    condition("'‸" + r'"\(' * 101 + "1" + r')"' * 101 + "'",
              "expressions in texts nest deeper than 100 levels"),
    condition(r"""'‸"\(.a'""", "a `\\(` in a text is not closed"),
    condition("""'‸"a'""", "a text in quotes is not closed"),
    condition('‸".a\\x01"', "a control character (1) stands here"),
    value("‸ы", "letters outside ASCII need quotes here"),
    value(".a ‸~ 1", "`~` is not understood here"),
    value("‸$ a", "`$` wants a name right behind it"),
    value("‸$authorization.scheme", "the variable $authorization is not supported"),

    # --- where an expression may stand ---------------------------------------------------------
    condition(".x ‸= 1", 'warning: "=" assigns a value: perhaps "==" is meant'),
    condition("'${ .x ‸= 1 }'", 'warning: "=" assigns a value: perhaps "==" is meant'),
    condition("'(.x = 1) | .y'"),
    condition(".x == 1 and .y != 2"),
    workflow("- a:\n    switch:\n    - x: {when: .x ‸= 1, then: end}",
             'warning: "=" assigns a value: perhaps "==" is meant'),
    condition("‸[1]", "an expression is expected here"),
    condition("‸''", "an expression is expected here, and it is empty"),
    workflow("- a: {set: {n: 'no ‸${ .a }'}}",
          "${ } has to be around the whole text: write ${ \"… \\(.x) …\" }"),
    workflow("- a: {set: {n: '‸${ .a } and ${ .b }'}}",
          "${ } has to be around the whole text: write ${ \"… \\(.x) …\" }"),
    workflow("- a: {set: {n: '${ $secrets.‸toekn }'}}", 'there is no secret "toekn": did you mean "token"?',
          head="use: {secrets: [token]}\n"),

    # --- what jq says ---------------------------------------------------------------------------
    condition(".x = ‸= 3", "jq does not compile this: syntax error, unexpected '='", jq=True,
              foreign="syntax error, unexpected '='"),
    value(".a | ‸lenght", "jq does not compile this: lenght/0 is not defined", jq=True,
          foreign="lenght/0 is not defined"),
]
