/* outline_steps.h - what a step is made of, as fields. Private to lib/language. */
#ifndef LANGUAGE_OUTLINE_STEPS_H
#define LANGUAGE_OUTLINE_STEPS_H

#include "language/outline.h"

/* What only steps of its kind have; cases of a switch are parts of their own. */
void outline_step(json_t *fields, const struct workflow *workflow, const struct step *step);

#endif
