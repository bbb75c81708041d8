/* bulk.c - `marshrut bulk`: one action on all that a list finds
 *
 * Owns:    the words of this command, and the look at what it would touch.
 * In:      an action, a list and its filters; the verbs LIST, ASSIGNMENTS and INCIDENTS, and those of
 *          the actions (docs/protocol.md §3.5, §3.6).
 * Out:     without --yes what would be touched, and what of it refused; with it how many were.
 * See:     docs/cli.md §bulk
 */
#include "cli/assignment_rows.h"
#include "cli/bulk_part.h"
#include "cli/incidents.h"
#include "cli/language.h"
#include "cli/list.h"

static struct table *table_of(const struct session *session, const struct bulk *bulk,
                              const json_t *rows)
{
    switch (bulk_list_verb(bulk->list)) {
    case CLIENT_INCIDENTS:
        return incidents_table(session, rows);
    case CLIENT_LIST:
        return list_table(session, rows);
    default:
        return assignment_rows_table(rows, NULL);
    }
}

/* Those of the shown rows that would be refused, or those that would not. */
static void print_rows(const struct session *session, const struct bulk *bulk,
                       const struct bulk_found *found, bool refused)
{
    json_t *rows = json_array();
    size_t index;
    json_t *row;

    json_array_foreach(found->first, index, row)
    {
        if ((json_object_get(row, "refused") != NULL) == refused) {
            json_array_append(rows, row);
        }
    }
    if (json_array_size(rows) > 0) {
        struct table *table = table_of(session, bulk, rows);
        if (refused) {
            fprintf(session->out.file, "%s\n", _("Would be refused:"));
        }
        table_print(table, &session->out);
        table_destroy(table);
    }
    json_decref(rows);
}

static void print_preview(struct session *session, const struct bulk *bulk,
                          const struct bulk_found *found, const struct bulk_foreseen *foreseen)
{
    size_t count = json_array_size(found->targets);

    session_find_zone(session);
    print_rows(session, bulk, found, false);
    print_rows(session, bulk, found, true);
    if (count > BULK_SHOWN) {
        fprintf(session->out.file, _("and %zu more\n"), count - BULK_SHOWN);
    }
    bulk_print_foreseen(session, found, foreseen);
    fprintf(session->out.file, _("%s would touch: %zu. Nothing was done yet: repeat with --yes\n"),
            bulk->action->name, count);
}

static void print_json(const struct session *session, const struct bulk_found *found,
                       const struct bulk_foreseen *foreseen)
{
    json_t *document = json_pack(
        "{sI sO sb sI sI sO*}", "count", (json_int_t)json_array_size(found->targets), "rows",
        found->first, "more", found->more, "checked", (json_int_t)foreseen->checked, "refused",
        (json_int_t)json_array_size(foreseen->refused), "reasons", foreseen->reasons);
    session_print_document(session, document);
    json_decref(document);
}

static enum exit_code look(struct session *session, const struct bulk *bulk,
                           const struct bulk_found *found)
{
    struct bulk_foreseen foreseen;
    enum exit_code code = bulk_foresee(session, bulk, found, &foreseen);

    if (code == EXIT_CODE_DONE && session->json) {
        print_json(session, found, &foreseen);
    } else if (code == EXIT_CODE_DONE) {
        print_preview(session, bulk, found, &foreseen);
    }
    bulk_foreseen_fini(&foreseen);
    return code;
}

static enum exit_code act(struct session *session, const struct bulk *bulk,
                          const struct bulk_found *found, bool yes)
{
    if (json_array_size(found->targets) == 0 && !session->json) {
        fprintf(session->out.file, "%s\n", _("There is nothing of the kind."));
        return EXIT_CODE_DONE;
    }
    if (found->more && !session->json) {
        fprintf(session->err.file, _("There is more: only the first %zu are meant\n"),
                json_array_size(found->targets));
    }
    return yes ? bulk_carry_out(session, bulk, found->targets) : look(session, bulk, found);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct bulk_found found;
    struct bulk bulk;
    struct error err;

    if (!bulk_read(arguments, &bulk, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = bulk_find(session, &bulk, &found);
    if (code == EXIT_CODE_DONE) {
        code = act(session, &bulk, &found, arguments_has(arguments, "yes"));
    }
    bulk_found_fini(&found);
    bulk_fini(&bulk);
    return code;
}

static const struct option options[] = {
    {"list", N_("LIST"), N_("with what: incidents, instances or assignments")},
    {"yes", NULL, N_("do it; without it only what would be touched is shown")},
    {"reason", N_("TEXT"), N_("why; needed for what takes something away or turns it down")},
    {"definition", N_("NAME"), N_("incidents, instances: only of this plan or workflow")},
    {"service", N_("SERVICE"), N_("incidents: only those that this service should have done")},
    {"state", N_("STATE"), N_("instances, assignments: only in this state")},
    {"body", N_("BODY"), N_("instances, assignments: only where this body takes part")},
    {"parent", N_("ID"), N_("instances: only those that this instance started")},
    {"letters", NULL, N_("instances: letters of the day too")},
    {"group", N_("WORD"), N_("assignments: only those that this number of today counts")},
    {"phase", N_("PHASE"), N_("assignments: how near the last day is")},
    {"role", N_("ROLE"), N_("assignments: what the body is in them")},
    {"plan", N_("NAME"), N_("assignments: only of this plan")},
    {"section", N_("SECTION"), N_("assignments: only of this section of a plan")},
    {"no", N_("NUMBER"), N_("assignments: only of this item of a plan")},
    {"from", N_("DATE"), N_("assignments: only those due on this day or later")},
    {"until", N_("DATE"), N_("assignments: only those due on this day or earlier")},
    {"outcome", N_("WORD"), N_("assignments: only what became so")},
    {"outcome-original", N_("WORD"), N_("assignments: against the first term: met or late")},
    {"q", N_("WORDS"), N_("assignments: only with these words in title or number")},
    {"open", NULL, N_("assignments: only those that are not over")},
    {"closed", NULL, N_("assignments: only those that are over")},
    {"overdue", NULL, N_("assignments: only those that are late")},
    {"punctual", NULL, N_("assignments: only those that are not late")},
    {"decide", NULL, N_("assignments: only where a report or an extension waits")},
    {"day", N_("DATE"), N_("move, grant: the last day")},
    {"to", N_("BODY"), N_("reassign: to whom")},
    {"for", N_("KIND"), N_("pause: leave, higher-order or waits (for what others must do first)")},
    {"in-part", NULL, N_("accept: though not everybody has answered")},
    {NULL, NULL, NULL},
};

const struct command command_bulk = {
    .name = "bulk",
    .words = N_("ACTION --list LIST"),
    .summary = N_("one action on all that a list finds, after a look at what that is"),
    .more = N_("Actions: with incidents retry, skip, cancel, suspend; with instances cancel, "
               "suspend, resume; with assignments accept, return, withdraw, move, grant, refuse, "
               "pause, resume, reassign. Without --yes it is also told how many would be refused, "
               "and why. Each is carried out by itself: what one is refused does not stop the "
               "others, and is told. Ctrl-C stops it; what was done stays done."),
    .examples =
        "marshrut bulk retry --list incidents --service mail\n"
        "marshrut bulk retry --list incidents --service mail --yes\n"
        "marshrut bulk cancel --list instances --parent 17 --reason \"план отменён\" --yes\n"
        "marshrut bulk accept --list assignments --decide --plan lo-2023 --by kopo_lo --yes",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
