/* news.c - what is told of an assignment, packed, compared, and still true or not
 *
 * Owns:    when news is untrue, and which of two says more.
 * In:      letters.c makes it; digest.c keeps it until the letter of the day leaves.
 * Always:  a function of the assignment and the news; nothing is decided here.
 */
#include "engine/core/news.h"

/* --- packed -------------------------------------------------------------------------------- */

void news_pack(const struct news *n, struct buffer *out)
{
    pack_uint(out, n->instance);
    pack_uint(out, n->task);
    pack_u8(out, n->letter);
    pack_int(out, n->offset_days);
    pack_u8(out, n->working);
    pack_uint(out, n->levels);
    pack_uint(out, n->person);
    pack_int(out, n->to);
    pack_int(out, n->day);
    pack_bytes(out, n->on_behalf);
    pack_bytes(out, n->by);
    pack_bytes(out, n->body);
    pack_bytes(out, n->reason);
}

bool news_unpack(struct bytes packed, struct news *ret_news)
{
    struct cursor c = cursor_of(packed);
    struct news n = {.instance = unpack_uint(&c)};

    n.task = (uint32_t)unpack_uint(&c);
    n.letter = (enum letter)unpack_u8(&c);
    n.offset_days = (int32_t)unpack_int(&c);
    n.working = unpack_u8(&c) != 0;
    n.levels = (uint32_t)unpack_uint(&c);
    n.person = (uint32_t)unpack_uint(&c);
    n.to = (civil_day)unpack_int(&c);
    n.day = (civil_day)unpack_int(&c);
    n.on_behalf = unpack_bytes(&c);
    n.by = unpack_bytes(&c);
    n.body = unpack_bytes(&c);
    n.reason = unpack_bytes(&c);
    *ret_news = n;
    return cursor_done(&c) && n.letter > LETTER_NONE && n.letter < LETTER_COUNT;
}

/* --- which says more ----------------------------------------------------------------------- */

bool news_is_of_term(enum letter letter)
{
    return letter >= LETTER_OPENED && letter <= LETTER_ESCALATED;
}

/* That an assignment is new says more than how far its term is: that stands there too. Who is told
 * as the one above must act as that. */
static int weight(enum letter letter)
{
    switch (letter) {
    case LETTER_REMINDER:
        return 2;
    case LETTER_TODAY:
        return 3;
    case LETTER_OVERDUE:
        return 4;
    case LETTER_OPENED:
        return 5;
    case LETTER_UNDECIDED:
        return 6;
    case LETTER_ESCALATED:
        return 7;
    default:
        return 1;
    }
}

bool news_says_more(const struct news *first, const struct news *second)
{
    return weight(second->letter) >= weight(first->letter);
}

bool news_is_of_same(const struct news *a, const struct news *b)
{
    return a->instance == b->instance && a->task == b->task &&
           bytes_equal(a->on_behalf, b->on_behalf);
}

bool news_may_be_of_same(struct bytes packed, const struct news *news)
{
    struct cursor c = cursor_of(packed);

    return unpack_uint(&c) == news->instance && unpack_uint(&c) == news->task;
}

/* --- still true ---------------------------------------------------------------------------- */

static bool is_part(const struct assignment *a, uint32_t person)
{
    return person > 0 && person < a->people_count;
}

civil_day news_last_day(const struct assignment *a, const struct news *news)
{
    return is_part(a, news->person) ? a->parts[news->person - 1].to : a->to;
}

/* Does this body still owe it something? Who has answered with its part does not. */
static bool owes(const struct assignment *a, const struct news *news, struct bytes body)
{
    int32_t at = assignment_find_person(a, body);

    if (is_part(a, news->person)) { /* the responsible body is told of a part too */
        return at >= 0 && a->parts[news->person - 1].state != PART_ANSWERED;
    }
    return at == 0 || (at > 0 && a->parts[at - 1].state != PART_ANSWERED);
}

static bool term_is_true(const struct assignment *a, const struct news *news, struct bytes body)
{
    bool moved = news->letter != LETTER_OPENED && news->to != news_last_day(a, news);

    return assignment_runs(a) && !moved &&
           (news->letter == LETTER_ESCALATED || owes(a, news, body));
}

/* Whatever becomes of the instance meanwhile. */
static bool holds(const struct assignment *a, const struct news *news, struct bytes to)
{
    switch (news->letter) {
    case LETTER_UNDECIDED:
        return a->state == ASSIGNMENT_REPORTED;
    case LETTER_HANDED_OVER:
        return assignment_is_open(a) && bytes_equal(assignment_actor(a, news->body), to);
    case LETTER_HANDED_BACK:
        return assignment_is_open(a) && bytes_equal(assignment_actor(a, news->body), news->body);
    default:
        return !news_is_of_term(news->letter) ||
               term_is_true(a, news, news->on_behalf.size > 0 ? news->on_behalf : to);
    }
}

static bool is_held(const struct instance *instance, const struct news *news)
{
    bool waits = news_is_of_term(news->letter) || news->letter == LETTER_UNDECIDED;

    return waits && instance->state == INSTANCE_SUSPENDED;
}

static bool is_open(const struct instance *instance, const struct task *task)
{
    bool alive = instance != NULL &&
                 (instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_SUSPENDED);

    return alive && task != NULL && task->assignment != NULL && task->state != TASK_CLOSED;
}

bool news_is_true(const struct instance *instance, const struct task *task, const struct news *news,
                  struct bytes to)
{
    return is_open(instance, task) && !is_held(instance, news) && holds(task->assignment, news, to);
}

bool news_waits(const struct instance *instance, const struct task *task, const struct news *news,
                struct bytes to)
{
    return is_open(instance, task) && is_held(instance, news) && holds(task->assignment, news, to);
}

/* --- how much it presses ------------------------------------------------------------------- */

enum urgency_class news_urgency(const struct assignment *a, const struct news *news,
                                civil_day today)
{
    civil_day last = news_last_day(a, news);

    if (!news_is_of_term(news->letter)) {
        return news_urgency_by_letter(news);
    }
    if (today > last) {
        bool critical = a->phase == PHASE_CRITICAL && !is_part(a, news->person);
        return critical ? URGENCY_CRITICAL : URGENCY_OVERDUE;
    }
    if (today == last) {
        return URGENCY_TODAY;
    }
    return news->letter == LETTER_OPENED ? URGENCY_NEW : URGENCY_SOON;
}

enum urgency_class news_urgency_by_letter(const struct news *news)
{
    switch (news->letter) {
    case LETTER_ESCALATED:
    case LETTER_OVERDUE:
        return URGENCY_OVERDUE;
    case LETTER_TODAY:
        return URGENCY_TODAY;
    case LETTER_REMINDER:
        return URGENCY_SOON;
    case LETTER_UNDECIDED:
        return URGENCY_DECIDE;
    case LETTER_HANDED_OVER:
    case LETTER_HANDED_BACK:
        return URGENCY_DEPUTY;
    default:
        return URGENCY_NEW;
    }
}

const char *urgency_class_name(enum urgency_class urgency)
{
    static const char *const names[URGENCY_CLASS_COUNT] = {"critical", "overdue", "today", "soon",
                                                           "decide",   "new",     "deputy"};

    return (unsigned)urgency < URGENCY_CLASS_COUNT ? names[urgency] : "?";
}
