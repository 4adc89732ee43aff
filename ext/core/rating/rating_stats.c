/* rating_stats.c: see rating_stats.h. */
#include "core/rating/rating_stats.h"

#include <string.h>

#include "core/money/money.h"
#include "core/state/state.h"

void rating_open(RatingStats *stats, const Host *host, const Rules *rules, bool sliding) {
    memset(stats, 0, sizeof *stats);
    stats->host = host;
    stats->rules = rules;
    stats->sliding = sliding;
    extent_open(&stats->extent, host, sliding);
    rows_open(&stats->instants, host, 1);
}

void rating_close(RatingStats *stats) {
    extent_close(&stats->extent);
    rows_close(&stats->instants);
}

Status rating_score_read(const Rules *rules, const Value *value, int64_t *score_micros,
                         Message *why) {
    Status status = money_read(value, score_micros, why);
    if (status == STATUS_OK && *score_micros >= MICROS &&
        *score_micros <= rules->score_max_micros) {
        return STATUS_OK;
    }
    char most[64];
    number_print(rules->score_max_micros, 6, most);
    message_refuse(why, value, " is no score; want a number from 1 to ");
    message_text(why, most);
    message_text(why, " (score_max), or NULL where the customer gave none");
    return STATUS_REFUSED;
}

static Status rating_add_sums(RatingStats *stats, const RatingSums *sums, int sign, Message *why) {
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < RATING_COUNTS; i++) {
        status = state_add_count(&stats->sums.counts[i], sums->counts[i], sign, why);
    }
    return status == STATUS_OK
               ? state_add_sum(&stats->sums.score_micros, sums->score_micros, sign, why)
               : status;
}

Status rating_add(RatingStats *stats, const RatingRow *row, int sign, Message *why) {
    const Rules *rules = stats->rules;
    RatingSums sums = {.counts = {[RATING_CONTACTS] = 1}};
    sums.counts[RATING_INVITED] = row->invited;
    if (row->rated) {
        sums.counts[RATING_RATED] = 1;
        sums.counts[RATING_INVITED_AND_RATED] = row->invited;
        sums.counts[RATING_SATISFIED] = row->score_micros >= rules->satisfied_from_micros;
        sums.counts[RATING_GOOD] = row->score_micros >= rules->good_from_micros;
        sums.counts[RATING_BAD] = row->score_micros <= rules->bad_to_micros;
        sums.score_micros = row->score_micros;
    }
    Status status = rating_add_sums(stats, &sums, sign, why);
    if (status == STATUS_OK) {
        status = extent_add(&stats->extent, row->at_ms, row->at_ms, sign);
    }
    if (status == STATUS_OK && !stats->sliding) {
        uint64_t *instant = rows_append(&stats->instants);
        if (instant == NULL) {
            return STATUS_NO_MEMORY;
        }
        *instant = (uint64_t)(row->at_ms + INSTANT_BIAS_MS);
    }
    return status;
}

Status rating_slide(RatingStats *stats) {
    if (stats->sliding) {
        return STATUS_OK;
    }
    stats->sliding = true;
    extent_open(&stats->extent, stats->host, true);
    Status status = STATUS_OK;
    RowCursor cursor = {0};
    const uint64_t *instant;
    while (status == STATUS_OK && (instant = rows_next(&stats->instants, &cursor)) != NULL) {
        int64_t at_ms = (int64_t)*instant - INSTANT_BIAS_MS;
        status = extent_add(&stats->extent, at_ms, at_ms, 1);
    }
    rows_close(&stats->instants);
    return status;
}

Status rating_merge(RatingStats *into, const RatingStats *part, int sign, Message *why) {
    Status status = rating_add_sums(into, &part->sums, sign, why);
    return status == STATUS_OK ? extent_add(&into->extent, extent_first(&part->extent),
                                            extent_last(&part->extent), sign)
                               : status;
}

Status rating_write(const RatingStats *stats, Buffer *out) {
    for (int i = 0; i < RATING_COUNTS; i++) {
        buffer_varint(out, (uint64_t)stats->sums.counts[i]);
    }
    extent_write(&stats->extent, out);
    buffer_wide(out, stats->sums.score_micros);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static bool rating_counts_hold(const RatingSums *sums, const Rules *rules) {
    const int64_t *counts = sums->counts;
    const int128 rated = counts[RATING_RATED];
    return counts[RATING_CONTACTS] > 0 && counts[RATING_INVITED] <= counts[RATING_CONTACTS] &&
           counts[RATING_RATED] <= counts[RATING_CONTACTS] &&
           counts[RATING_INVITED_AND_RATED] <= counts[RATING_INVITED] &&
           counts[RATING_INVITED_AND_RATED] <= counts[RATING_RATED] &&
           counts[RATING_SATISFIED] <= counts[RATING_RATED] &&
           counts[RATING_GOOD] <= counts[RATING_RATED] &&
           counts[RATING_BAD] <= counts[RATING_RATED] && sums->score_micros >= rated * MICROS &&
           sums->score_micros <= rated * rules->score_max_micros;
}

Status rating_read(RatingStats *stats, const Rules *rules, Reader *reader, Message *why) {
    rating_open(stats, NULL, rules, false);
    for (int i = 0; i < RATING_COUNTS; i++) {
        stats->sums.counts[i] = state_read_count(reader);
    }
    if (!extent_read(&stats->extent, reader)) {
        return state_damaged(why);
    }
    stats->sums.score_micros = reader_wide(reader);
    bool whole = !reader->broken && reader_left(reader) == 0;
    return whole && rating_counts_hold(&stats->sums, rules) ? STATUS_OK : state_damaged(why);
}
