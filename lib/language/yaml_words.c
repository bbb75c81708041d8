/* yaml_words.c - what libyaml says of a text that is no YAML
 *
 * Owns:    the list of its sentences that we translate: the slips that people make.
 * In:      yaml.c.
 * Out:     words for a sentence.
 * Always:  a sentence that is not in the list comes out as it is.
 */
#include "language/yaml_words.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>

static const char *const words[] = {
    /* what is wrong */
    N_("found character that cannot start any token"),
    N_("could not find expected ':'"),
    N_("mapping values are not allowed in this context"),
    N_("block sequence entries are not allowed in this context"),
    N_("mapping keys are not allowed in this context"),
    N_("did not find expected alphabetic or numeric character"),
    N_("did not find expected comment or line break"),
    N_("did not find expected whitespace"),
    N_("found unexpected end of stream"),
    N_("found unknown escape character"),
    N_("found a tab character that violates indentation"),
    N_("found a tab character where an indentation space is expected"),
    N_("found unexpected document indicator"),
    N_("did not find expected ',' or ']'"),
    N_("did not find expected ',' or '}'"),
    N_("did not find expected '-' indicator"),
    N_("did not find expected key"),
    N_("did not find expected node content"),
    N_("did not find expected <document start>"),
    N_("did not find expected hexdecimal number"),
    N_("found an indentation indicator equal to 0"),
    N_("found unknown directive name"),
    N_("found undefined tag handle"),
    N_("found undefined alias"),
    N_("found unexpected ':'"),
    N_("invalid leading UTF-8 octet"),
    N_("control characters are not allowed"),
    /* where: a part that begins at some line */
    N_("while parsing a block mapping"),
    N_("while parsing a flow mapping"),
    N_("while parsing a block collection"),
    N_("while parsing a flow sequence"),
    N_("while parsing a flow node"),
    N_("while parsing a node"),
    N_("while parsing a block node"),
    N_("while scanning a simple key"),
    N_("while scanning a plain scalar"),
    N_("while scanning a quoted scalar"),
    N_("while scanning a block scalar"),
    N_("while scanning for the next token"),
    N_("while scanning an alias"),
    N_("while scanning an anchor"),
    N_("while scanning a directive"),
    N_("while scanning a tag"),
    N_("while parsing a quoted scalar"),
};

const char *yaml_word(const char *text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) {
            return error_word(text);
        }
    }
    return text;
}
