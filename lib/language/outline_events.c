/* outline_events.c - what a listen or a schedule waits for
 *
 * Owns:    event filters as JSON.
 * In:      outline_workflow.c.
 * Out:     a member of a map.
 * Always:  filters stand in their order: `all` is told in it.
 * See:     outline.h; docs/language.md §3.7
 */
#include "base/must.h"
#include "language/outline.h"

static void add_attributes(json_t *with, const struct program *program,
                           const struct event_filter *filter)
{
    for (uint32_t i = 0; i < filter->attribute_count; i++) {
        const struct event_attribute *attribute = &filter->attributes[i];
        member_text(with, attribute->name, attribute->text);
        if (attribute->text == NULL) {
            member_expression(with, attribute->name, program, attribute->expression);
        }
    }
}

static json_t *filter_json(const struct program *program, const struct event_filter *filter)
{
    json_t *map = json_object();
    json_t *with = json_object();
    json_t *correlate = json_object();

    member_text(with, "type", filter->type);
    add_attributes(with, program, filter);
    for (uint32_t i = 0; i < filter->correlation_count; i++) {
        const struct correlation *correlation = &filter->correlations[i];
        json_t *one = json_object();
        member_expression(one, "from", program, correlation->from);
        member_template(one, "expect", program, correlation->expect);
        member_json(correlate, correlation->name, one);
    }
    member_json(map, "with", with);
    member_json(map, "correlate", correlate);
    return map;
}

static json_t *filters_json(const struct program *program, const struct event_filter *filters,
                            uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(list, filter_json(program, &filters[i]));
    }
    return list;
}

static void add_until(json_t *map, const struct program *program, const struct consumption *c)
{
    switch (c->until) {
    case UNTIL_FIRST:
        break;
    case UNTIL_EXPRESSION:
        member_expression(map, "until", program, c->until_expression);
        break;
    case UNTIL_NEVER:
        json_object_set_new(map, "until", json_false());
        break;
    case UNTIL_EVENT:
        json_object_set_new(map, "until",
                            filters_json(program, c->until_filters, c->until_filter_count));
        break;
    }
}

void member_consumption(json_t *fields, const char *word, const struct program *program,
                        const struct consumption *consumption)
{
    static const char *const modes[] = {
        [LISTEN_ONE] = "one", [LISTEN_ANY] = "any", [LISTEN_ALL] = "all"};
    json_t *map = json_object();
    json_t *filters = filters_json(program, consumption->filters, consumption->filter_count);

    json_object_set_new(map, modes[consumption->mode], filters); /* any: [] is every event */
    add_until(map, program, consumption);
    member_json(fields, word, map);
}
