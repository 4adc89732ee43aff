/* held_stats.c: see held_stats.h. */
#include "glue/held_stats.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

HeldStats *held_stats_open(sqlite3 *database) {
    HeldStats *held = sqlite3_malloc64(sizeof *held);
    if (held != NULL) {
        memset(held, 0, sizeof *held);
        held->host = args_host(database);
    }
    return held;
}

void held_stats_add_user(HeldStats *held) { held->users++; }

static void held_stats_empty(HeldStats *held) {
    if (held->open) {
        stats_view_close(&held->view);
    }
    held->open = false;
    held->length = 0;
}

void held_stats_drop_user(HeldStats *held) {
    if (--held->users == 0) {
        held_stats_empty(held);
        sqlite3_free(held->bytes);
        sqlite3_free(held);
    }
}

/* Requirement 2: a copy of the value, where it is one to keep; else the value itself. */
static Status held_stats_copy(HeldStats *held, const Value *value, Value *copy) {
    *copy = *value;
    if (value->type != VALUE_BLOB || value->length == 0 || value->length > HELD_STATS_MOST) {
        return STATUS_OK;
    }
    if (held->capacity < value->length) {
        unsigned char *bytes = sqlite3_realloc64(held->bytes, value->length);
        if (bytes == NULL) {
            return STATUS_NO_MEMORY;
        }
        held->bytes = bytes;
        held->capacity = value->length;
    }
    memcpy(held->bytes, value->as.bytes, value->length);
    copy->as.bytes = (const char *)held->bytes;
    return STATUS_OK;
}

Status held_stats_view(HeldStats *held, const Value *value, const StatsView **view, Message *why) {
    *view = &held->view;
    if (held->length != 0 && value->type == VALUE_BLOB && value->length == held->length &&
        memcmp(value->as.bytes, held->bytes, held->length) == 0) {
        return STATUS_OK;
    }
    held_stats_empty(held);
    Value copy;
    Status status = held_stats_copy(held, value, &copy);
    if (status == STATUS_OK) {
        status = stats_view_open(&held->view, &held->host, &copy, why);
    }
    held->open = status == STATUS_OK;
    held->length = held->open && copy.as.bytes != value->as.bytes ? value->length : 0;
    return status;
}
