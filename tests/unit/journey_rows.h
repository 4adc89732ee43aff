/* journey_rows.h: journeys for unit tests: events in short form, and rows as text to compare. */
#ifndef KEFU_TESTS_UNIT_JOURNEY_ROWS_H
#define KEFU_TESTS_UNIT_JOURNEY_ROWS_H

#include "core/journey/inquiries.h"

#define NO_AMOUNT INT64_MIN

/* One event. Times are seconds after 2026-11-01 00:00 +08:00, amounts and quantities NO_AMOUNT when
** unknown, amounts in millionths. */
typedef struct Fact {
    const char *customer;
    int64_t at_s;
    JourneyKind kind;
    const char *party; /* NULL: the agent NULL */
    int64_t amount_micros;
    int64_t quantity;
} Fact;

#define FACTS_START_S INT64_C(1793462400)

JourneyEvent fact_event(const Fact *fact);
/* Adds or takes back facts; fails the test on any error. */
void facts_take(Journeys *journeys, const Fact *facts, size_t count, int sign);
/* The payload of these facts, into an opened buffer. */
void facts_write(const Fact *facts, size_t count, Buffer *out);

/* Rows of kefu_credits and kefu_inquiries over these facts, one a line, in their order; times in seconds
** after the start, "-" for NULL:
**   order customer agent weight rule touched ordered paid amount refunded
**   agent customer asked order ordered paid amount quantity
** The text is of the last call. `rules` is a rules text. */
const char *facts_credits(const Fact *facts, size_t count, const char *rules);
const char *facts_inquiries(const Fact *facts, size_t count, const char *rules);

#endif
