/* draw.c - which kinds of documents have a picture
 *
 * Owns:    nothing.
 * In:      picture_draw() from programs.
 * Out:     a picture.
 */
#include "base/must.h"
#include "picture/label.h"
#include "picture/parts.h"

bool picture_draw(const struct definition *definition, const struct picture_course *course,
                  struct picture **ret_picture, struct error *err)
{
    struct drawing drawing = {NULL, course};

    if (definition->kind != DEFINITION_WORKFLOW && definition->kind != DEFINITION_ROADMAP &&
        definition->kind != DEFINITION_BODIES) {
        return error_set(err, ERROR_UNSUPPORTED,
                         "there is no picture of a document of the kind \"%s\"",
                         definition_kind_name(definition->kind));
    }
    drawing.picture = xcalloc(1, sizeof *drawing.picture);
    drawing.picture->title = label_of(definition->title);
    if (definition->kind == DEFINITION_WORKFLOW) {
        draw_workflow(&drawing, &definition->workflow);
    } else if (definition->kind == DEFINITION_ROADMAP) {
        draw_roadmap(&drawing, &definition->roadmap);
    } else {
        draw_bodies(&drawing, &definition->bodies);
    }
    *ret_picture = drawing.picture;
    return true;
}
