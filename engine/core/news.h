/* news.h - inside core: one thing that one assignment has to tell one body
 *
 * What time brings waits as news for the letter of the day, and is told only while it is true: of
 * what is closed, reported or moved meanwhile nobody hears. Rules: docs/time.md §5.
 */
#ifndef CORE_NEWS_H
#define CORE_NEWS_H

#include "engine/core/world.h"

struct news {
    uint64_t instance; /* of the assignment */
    uint32_t task;
    enum letter letter;
    int32_t offset_days;    /* the day of the rule, counted from the due day */
    bool working;           /* in working days */
    uint32_t levels;        /* ESCALATED: how far above the responsible body; 0 = the controller */
    uint32_t person;        /* n > 0: of the part of people[n] */
    civil_day to;           /* the last day that it is about: of the part, or of the whole */
    civil_day day;          /* as struct tell has it; 0 = none */
    struct bytes on_behalf; /* body whose deputy is told; empty: it is told itself */
    struct bytes by;
    struct bytes body; /* HANDED_*: whose work; REASSIGNED, DELEGATED: who does it now */
    struct bytes reason;
};

/* How much it presses when the letter leaves: the sections of a letter, in their order. */
enum urgency_class {
    URGENCY_CRITICAL,
    URGENCY_OVERDUE,
    URGENCY_TODAY,
    URGENCY_SOON,
    URGENCY_DECIDE, /* a report waits for the controller */
    URGENCY_NEW,
    URGENCY_DEPUTY, /* handed over, or back */
    URGENCY_CLASS_COUNT
};

void news_pack(const struct news *news, struct buffer *out);
/* Texts are borrowed from the bytes. false: damaged. */
bool news_unpack(struct bytes packed, struct news *ret_news);

/* Two of the same assignment for the same body: does the second say more than the first? */
bool news_says_more(const struct news *first, const struct news *second);
bool news_is_of_same(const struct news *a, const struct news *b);
/* The same, but for whom they are, of one that is still packed: most are told apart by this. */
bool news_may_be_of_same(struct bytes packed, const struct news *news);

/* Where the assignment is as it was when this was news; `to`: who is told. task: NULL for none. */
bool news_is_true(const struct instance *instance, const struct task *task, const struct news *news,
                  struct bytes to);

/* True but for this: the instance is suspended, and what is news of a term waits until it is not.
 */
bool news_waits(const struct instance *instance, const struct task *task, const struct news *news,
                struct bytes to);

/* The last day that it is about, as it is now; today: of the responsible body. */
civil_day news_last_day(const struct assignment *a, const struct news *news);
enum urgency_class news_urgency(const struct assignment *a, const struct news *news,
                                civil_day today);
/* The same before the assignment is looked at: what a letter without room leaves out first. */
enum urgency_class news_urgency_by_letter(const struct news *news);
const char *urgency_class_name(enum urgency_class urgency); /* "overdue" */

/* Is it about the term: an opening, a reminder, an escalation? */
bool news_is_of_term(enum letter letter);

#endif
