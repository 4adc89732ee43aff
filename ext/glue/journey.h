/* journey.h: journeys and what is found in them (functions.md 5). */
#ifndef KEFU_GLUE_JOURNEY_H
#define KEFU_GLUE_JOURNEY_H

#include "glue/aggregate.h"
#include "glue/table.h"

/* journey.c: journeys(customer, at, event, agent, order_id [, amount [, quantity [, rules]]]). */
#define JOURNEY_ARITIES 4
extern const Signature JOURNEY_SIGNATURES[JOURNEY_ARITIES];
extern const AggregateCalls JOURNEY_CALLS;

/* journey_tables.c: kefu_credits(journeys [, rules]), kefu_inquiries(journeys [, rules]). */
extern const TableFunction KEFU_CREDITS;
extern const TableFunction KEFU_INQUIRIES;

#endif
