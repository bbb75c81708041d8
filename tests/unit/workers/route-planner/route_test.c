/* route_test.c - an individual educational route */
#include "workers/route-planner/route.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAMMES                                                                                             \
    "p-1,Первая,c,ниже базового,36,5,2023-02-01,,\np-2,Вторая,c,любой,18,50,,,\n" \
    "p-3,Третья,d,любой,24,5,,,\n"
#define MENTORS                                                                                    \
    "m-1,Наставник,c,любой,12,2,,Р,\nm-2,Другой,c,любой,12,2,,,\nm-3,Третий,d,любой,12,2,,,\n"
#define SITES         "s-1,Школа,c,любой,16,2,,,\n"
#define MASTERCLASSES "k-1,Класс,c,любой,4,9,,,\nk-3,Урок,d,любой,4,9,,,\n"
#define WEAK                                                                                       \
    "{'competence':'c','title':'Методика','score':42.5,'threshold':60,'level':'ниже базового'}"
#define BASE "{'competence':'d','level':'базовый'}"

static json_t *route;

static void plan(const char *text)
{
    struct registry registry;
    struct inquiry inquiry;

    sample_registry(&registry, PROGRAMMES, MENTORS, SITES, MASTERCLASSES);
    sample_inquiry(&inquiry, text);
    route = route_plan(&registry, &inquiry);
    inquiry_fini(&inquiry); /* the route must not lean on them */
    registry_fini(&registry);
}

static void tear_down(void)
{
    json_decref(route);
}

TestSuite(route, .fini = tear_down);

/* The ids, in order. */
static void has(const char *expected)
{
    struct buffer ids = BUFFER_INIT;
    size_t i;
    json_t *element;

    json_array_foreach(json_object_get(route, "elements"), i, element)
    {
        buffer_text(&ids, i > 0 ? " " : "");
        buffer_text(&ids, json_string_value(json_object_get(element, "id")));
        cr_expect(json_string_length(json_object_get(element, "reason")) > 0);
    }
    char *got = bytes_strdup(buffer_bytes(&ids));
    cr_expect_str_eq(got, expected, "%s, not %s", got, expected);
    free(got);
    buffer_fini(&ids);
}

static void hours(int expected)
{
    json_int_t got = json_integer_value(json_object_get(route, "hours_total"));

    cr_expect_eq(got, expected, "%d", (int)got);
}

static void says(const char *list, size_t i, const char *expected)
{
    const json_t *entry = json_array_get(json_object_get(route, list), i);
    const char *reason = json_string_value(json_object_get(entry, "reason"));

    cr_assert(reason != NULL);
    cr_expect_str_eq(reason, expected, "%s", reason);
}

Test(route, a_weak_result_gets_a_programme_a_mentor_and_a_site_with_reasons)
{
    plan("{'teacher':{'municipality':'Р'},'deficits':[" WEAK "],'hours_max':72}");
    has("p-1 m-1 s-1");
    hours(64);
    says("elements", 0,
         "По дефициту «Методика» (42,5 % при пороге 60 %): программа для уровня «ниже базового», "
         "36 ч из "
         "оставшихся 72, свободных мест — 5, начало — 1 февраля 2023 г.");
    says("elements", 1,
         "По дефициту «Методика» (42,5 % при пороге 60 %): наставник для любого уровня, в своём "
         "муниципалитете, 12 ч из оставшихся 36, свободных мест — 2. Наставник нужен: уровень ниже "
         "базового.");
    const json_t *first = json_array_get(json_object_get(route, "elements"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(first, "from")), "2023-02-01");
    cr_expect_str_eq(json_string_value(json_object_get(first, "kind")), "programme");
    cr_expect_str_eq(json_string_value(json_object_get(first, "title")), "Первая");
    cr_expect_eq(json_array_size(json_object_get(route, "unmet")), 0);
}

Test(route, a_better_result_gets_a_programme_and_a_master_class)
{
    plan("{'deficits':[" BASE "]}");
    has("p-3 k-3");
    says("elements", 0, "По дефициту «d»: программа для любого уровня, 24 ч, свободных мест — 5.");
}

Test(route, in_the_first_years_everybody_gets_a_mentor)
{
    plan("{'teacher':{'experience_years':1},'deficits':[" BASE "]}");
    has("p-3 m-3 k-3");
    says("elements", 1,
         "По дефициту «d»: наставник для любого уровня, 12 ч, свободных мест — 2. Наставник нужен: "
         "стаж "
         "меньше трёх лет.");
}

Test(route, hours_go_to_all_programmes_first)
{
    plan("{'deficits':[" WEAK "," BASE "],'hours_max':64}");
    has("p-1 k-1 p-3");
    hours(64);
}

Test(route, no_deficits_no_route)
{
    plan("{'deficits':[]}");
    has("");
    hours(0);
}

Test(route, what_has_no_programme_is_unmet_and_says_why)
{
    plan("{'deficits':[{'competence':'x','title':'Новое'}," WEAK "],'hours_max':10}");
    has("k-1");
    says("unmet", 0,
         "По дефициту «Новое» программа не подобрана: в реестре её нет, нужен запрос на "
         "разработку.");
    says("unmet", 1,
         "По дефициту «Методика» (42,5 % при пороге 60 %) программа не подобрана: подходящие "
         "длиннее, чем "
         "оставшиеся 10 ч.");
}

#define PREVIOUS                                                                                       \
    "'previous':{'elements':[{'kind':'programme','id':'p-1','title':'Первая','competence':'c','" \
    "hours':36},"                                                                                      \
    "{'kind':'mentor','id':'m-1','title':'Наставник','competence':'c','hours':12},"           \
    "{'kind':'programme','id':'p-3','title':'Третья','competence':'d','hours':24}]"

Test(route, after_a_failure_other_elements_are_chosen_and_the_rest_stays)
{
    plan("{'deficits':[" WEAK "," BASE "]," PREVIOUS ",'failed':['c']}}");
    has("p-2 m-2 s-1 p-3");
    hours(18 + 12 + 16 + 24);
    says("elements", 0,
         "По дефициту «Методика» (42,5 % при пороге 60 %): программа для любого уровня, 18 ч, "
         "свободных мест — "
         "50. Вместо «Первая»: прежнее обучение не дало результата.");
    says("elements", 1,
         "По дефициту «Методика» (42,5 % при пороге 60 %): наставник для любого уровня, 12 ч, "
         "свободных мест — "
         "2. Наставник нужен: прежнее обучение не дало результата. Вместо «Наставник»: прежнее "
         "обучение не дало "
         "результата.");
    says(
        "elements", 3,
        "По дефициту «d»: сохранено из прежнего маршрута, обучение по нему не признано неудачным.");
    const json_t *kept = json_array_get(json_object_get(route, "elements"), 3);
    cr_expect(json_is_true(json_object_get(kept, "kept")));
}

Test(route, when_everything_was_tried_it_is_said)
{
    plan("{'deficits':[" BASE "]," PREVIOUS "}}");
    has("m-3 k-3");
    says("unmet", 0,
         "По дефициту «d» программа не подобрана: все подходящие уже были в прежнем маршруте и не "
         "дали "
         "результата.");
}

Test(route, the_same_inquiry_gives_the_same_route)
{
    plan("{'deficits':[" WEAK "," BASE "]}");
    json_t *first = route;
    plan("{'deficits':[" WEAK "," BASE "]}");
    cr_expect(json_equal(first, route));
    json_decref(first);
}
