/* try_report.h - the result of a try, for people */
#ifndef CLI_TRY_REPORT_H
#define CLI_TRY_REPORT_H

#include <jansson.h>
#include <stdio.h>

/* Steps in the order of their starts, indented by their place; then how it ended. */
void try_report_print(const json_t *result, FILE *file);

#endif
