/* due.c - how many due phrases are read in a second, on one core
 *
 * Owns:    the phrases: what the columns of five plans have, in the years of their documents.
 * In:      lib/calendar alone: no engine, no disk.
 * Out:     a line with phrases a second: letters, grammar, windows, other readings and the rule.
 * See:     docs/performance.md §2
 */
#include "calendar/due.h"
#include "base/must.h"
#include "tests/bench/bench.h"

#include <time.h>

#define PHRASES_DEFAULT 1000000
#define BATCH           1000 /* phrases between two looks at the clock and at Ctrl-C */

static const char *const phrases[] = {
    "25 июля 2021 года",
    "01 августа 2021 года",
    "01 октября 2021 года, далее ежеквартально",
    "31 декабря 2021 года",
    "Ноябрь 2021 года",
    "Сентябрь-декабрь 2021 года",
    "весь период",
    "Сентябрь-октябрь 2021 года",
    "сентябрь, ноябрь 2021 года",
    "дважды в месяц (каждый второй вторник месяца)",
    "ежемесячно",
    "08 августа 2022 года",
    "До 15 августа ежегодно",
    "1 октября 2022 года",
    "август 2021",
    "Сентябрь - декабрь 2021, актуализация НПА (по мере необходимости)",
    "ежегодно (сентябрь)",
    "ноябрь-декабрь 2021 (далее – ежегодно)",
    "декабрь 2021 г. (далее – ежегодно)",
    "в течение года",
    "по мере необходимости",
    "В течение года (по отдельному графику)",
    "Январь-февраль",
    "Январь",
    "1, 2 полугодие",
    "1 полугодие",
    "В соответствии с планами реализации проектов",
    "Ежегодно (ноябрь-декабрь)",
    "Постоянно",
    "Апрель, октябрь, декабрь",
    "Первое полугодие",
    "2 раза в год",
    "не реже одного раза в год",
    "в сроки, определяемые Федеральным оператором",
    "в установленные сроки",
    "ежеквартальных заседаний",
    "ежегодный отчет",
    "с учетом графика научно-методического сопровождения приоритетных категорий",
    "в первые 3 года работы",
};

#define PHRASE_COUNT (sizeof phrases / sizeof *phrases)

static struct due_context context_of(uint64_t number)
{
    bool four_years = number % 2 == 1;

    return (struct due_context){
        .period = {civil_to_day((struct civil){2021, 1, 1}),
                   civil_to_day((struct civil){four_years ? 2024 : 2021, 12, 31})},
        .year = four_years ? 0 : 2021,
        .signed_day = civil_to_day((struct civil){2021, 7, 14}),
    };
}

bool measure_due(struct bench *bench, struct error *err)
{
    uint64_t total = bench->options.n ? bench->options.n : PHRASES_DEFAULT;
    struct arena arena = ARENA_INIT;
    clock_t begin = clock(); /* of the processor: other work does not count */

    for (uint64_t i = 0; i < total; i++) {
        struct due_context context = context_of(i / PHRASE_COUNT);
        struct due due;
        must(due_parse(bytes_of(phrases[i % PHRASE_COUNT]), &context, &arena, &due, NULL));
        arena_reset(&arena);
        if (i % BATCH == 0 && bench_interrupted(err)) {
            arena_fini(&arena);
            return false;
        }
    }
    double seconds = (double)(clock() - begin) / (double)CLOCKS_PER_SEC;
    arena_fini(&arena);
    report_add(bench->report, "due",
               json_pack("{s:I,s:f}", "phrases", (json_int_t)total, "phrases_per_s",
                         seconds > 0.0 ? (double)total / seconds : 0.0),
               json_pack("{s:i}", "different", (int)PHRASE_COUNT));
    return true;
}
