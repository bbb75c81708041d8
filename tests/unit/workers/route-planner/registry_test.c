/* registry_test.c - what a region can offer a teacher */
#include "workers/route-planner/registry.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(registry, .fini = sample_remove);

static void refuses(const char *row, int line, const char *about)
{
    struct registry registry;
    struct error err = ERROR_INIT;
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, SAMPLE_HEAD);
    buffer_text(&text, row);
    buffer_append(&text, "", 1);
    sample_file("mentors.csv", (const char *)text.data);
    cr_assert(!registry_read(sample_folder(), &registry, &err), "%s", row);
    cr_expect_eq(err.code, ERROR_INVALID);
    cr_expect_eq(err.line, line, "%s: %d", row, err.line);
    cr_expect(strstr(err.text, about) != NULL, "%s: %s", row, err.text);
    registry_fini(&registry);
    buffer_fini(&text);
}

Test(registry, rows_become_offers)
{
    struct registry r;

    sample_registry(&r, "p,P,c,базовый,36,5,2023-02-01,Район,x\n", "m,M,c,любой,12,1,,,x\n", NULL,
                    "k,K,c,,4,0,,,x\n");
    cr_expect_eq(r.count, 3);
    const struct offer *p = registry_find(&r, "p");
    cr_expect(p->kind == KIND_PROGRAMME && p->hours == 36 && p->places == 5);
    cr_expect(p->from == civil_to_day((struct civil){2023, 2, 1}));
    cr_expect(strcmp(p->level, "базовый") == 0 && strcmp(p->municipality, "Район") == 0);
    cr_expect_str_eq(registry_find(&r, "m")->level, "");
    cr_expect_eq(registry_find(&r, "k")->kind, KIND_MASTERCLASS);
    cr_expect_eq(registry_find(&r, "k")->from, CIVIL_DAY_NONE);
    cr_expect(registry_find(&r, "none") == NULL);
    registry_fini(&r);
}

Test(registry, a_bad_row_is_refused_with_its_line)
{
    refuses("m,M,c,любой,12,1,,,x\n,M,c,любой,12,1,,,x\n", 3, "id");
    refuses("m,,c,любой,12,1,,,x\n", 2, "title");
    refuses("m,M,,любой,12,1,,,x\n", 2, "competence");
    refuses("m,M,c,средний,12,1,,,x\n", 2, "level");
    refuses("m,M,c,любой,,1,,,x\n", 2, "hours");
    refuses("m,M,c,любой,-1,1,,,x\n", 2, "hours");
    refuses("m,M,c,любой,1001,1,,,x\n", 2, "hours");
    refuses("m,M,c,любой,12,100001,,,x\n", 2, "places");
    refuses("m,M,c,любой,12,1,01.02.2023,,x\n", 2, "from");
    refuses("m,M,c,любой,12,1,2023-02-30,,x\n", 2, "from");
}

Test(registry, an_id_is_there_once)
{
    refuses("m,M,c,любой,12,1,,,x\nm,N,c,любой,12,1,,,x\n", 0, "дважды");
}

Test(registry, every_file_must_be_there)
{
    struct registry r;
    struct error err = ERROR_INIT;

    sample_file("programmes.csv", SAMPLE_HEAD);
    char *end = strrchr(sample_file("mentors.csv", SAMPLE_HEAD), '/');
    *end = '\0'; /* the folder: sites.csv is not in it */
    cr_expect(!registry_read(end - strlen("/tmp/marshrut-route-XXXXXX"), &r, &err));
    cr_expect_eq(err.code, ERROR_IO);
    registry_fini(&r);
}

Test(registry, the_bundled_ones_are_read_and_every_row_says_that_it_is_made_up)
{
    struct registry r;
    struct error err = ERROR_INIT;
    size_t rows = 0;

    cr_assert(registry_read(SOURCE_DIR "/workflows/registries", &r, &err), "%s:%d: %s", err.file,
              err.line, err.text);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct table *table = &r.tables[kind];
        cr_expect_gt(table->count, 0);
        rows += table->count;
        for (size_t i = 0; i < table->count; i++) {
            cr_expect_str_eq(table->rows[i].cells[table->column_count - 1], "условные данные");
        }
    }
    cr_expect_eq(rows, r.count);
    registry_fini(&r);
}
