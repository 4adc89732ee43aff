/* catalogue.h: the one table of KPIs. Registration, kefu_kpis, kefu_stats, the README's tables and
** the tests all come from it: a new KPI is one row here and one function in its family.
*/
#ifndef KEFU_GLUE_CATALOGUE_H
#define KEFU_GLUE_CATALOGUE_H

#include "core/chat/chat_kpi.h"
#include "core/deal/deal_kpi.h"
#include "core/rating/rating_kpi.h"
#include "core/stats/stats.h"
#include "glue/rows.h"

typedef enum KpiUnit {
    UNIT_COUNT,
    UNIT_RATE,
    UNIT_RATIO,
    UNIT_SECONDS,
    UNIT_MONEY,
    UNIT_SCORE
} KpiUnit;
typedef enum KpiBetter { BETTER_NEITHER, BETTER_HIGHER, BETTER_LOWER } KpiBetter;

typedef struct Kpi {
    const char *name;
    const char *zh; /* what shops and platforms call it */
    Family family;
    KpiUnit unit; /* COUNT gives INTEGER, the others REAL */
    KpiBetter better;
    const char *formula;
    const char *source;       /* of the definition: kpis.md */
    const RowShape *one_step; /* arguments of the one-step form; NULL: it has none */
    union {                   /* by family; NULL: the KPI has a parameter (scalar.c) */
        Measure (*chat)(const ChatStats *);
        Measure (*deal)(const DealStats *);
        Measure (*rating)(const RatingStats *);
    } measure;
} Kpi;

extern const Kpi CATALOGUE[];
extern const int CATALOGUE_COUNT;

/* "count", "rate", …; "chat", …; "higher", "lower" or NULL. */
const char *catalogue_unit_name(KpiUnit unit);
const char *catalogue_better_name(KpiBetter better);

/* The KPI over stats of its family. */
Measure catalogue_measure(const Kpi *kpi, const Stats *stats);
/* Whether it has a further parameter. */
bool catalogue_has_parameter(const Kpi *kpi);
/* Sets the measure's value as SQL result, rounded once. */
void catalogue_result(sqlite3_context *context, const Kpi *kpi, const Measure *measure);

#endif
