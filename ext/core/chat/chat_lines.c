/* chat_lines.c: see chat_lines.h. */
#include "core/chat/chat_lines.h"

#include <string.h>

#include "core/chat/chat_conversation.h"

#define CHAT_UNIT_WORDS 5 /* customer's identity; block, count, capacity */

/* A customer's lines while they slide: the payload of an entry of `units`. */
typedef struct ChatUnit {
    uint64_t *lines; /* sorted; owned */
    uint64_t count;
    uint64_t capacity;
} ChatUnit;

void chat_lines_open(ChatLines *lines, const Host *host, const Rules *rules, Identity key) {
    memset(lines, 0, sizeof *lines);
    lines->host = host;
    lines->rules = rules;
    lines->key = key;
    customer_rows_open(&lines->rows, host);
    ordered_open(&lines->units, host, 2, CHAT_UNIT_WORDS);
}

static ChatUnit chat_unit_load(const uint64_t *entry) {
    ChatUnit unit = {(uint64_t *)(uintptr_t)entry[2], entry[3], entry[4]};
    return unit;
}

static void chat_unit_store(uint64_t *entry, const ChatUnit *unit) {
    entry[2] = (uint64_t)(uintptr_t)unit->lines;
    entry[3] = unit->count;
    entry[4] = unit->capacity;
}

void chat_lines_close(ChatLines *lines) {
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry;
    while ((entry = ordered_next(&lines->units, &cursor)) != NULL) {
        ChatUnit unit = chat_unit_load(entry);
        lines->host->release(unit.lines);
    }
    ordered_close(&lines->units);
    customer_rows_close(&lines->rows);
    lines->host->release(lines->answers);
}

/* What the visitors of all lines, customer by customer, need beside them. */
typedef struct ChatVisit {
    ChatLines *lines;
    const ChatTarget *target;
    Message *why;
} ChatVisit;

static Status chat_visit_plain(void *context, Identity customer, const uint64_t *sorted,
                               uint64_t count) {
    const ChatVisit *visit = context;
    return chat_evaluate(visit->lines, customer, sorted, count, 1, visit->target, visit->why);
}

Status chat_lines_finish(ChatLines *lines, const ChatTarget *target, Message *why) {
    ChatVisit visit = {lines, target, why};
    return customer_rows_each(&lines->rows, chat_visit_plain, &visit);
}

static Status chat_visit_sliding(void *context, Identity customer, const uint64_t *sorted,
                                 uint64_t count) {
    const ChatVisit *visit = context;
    ChatLines *lines = visit->lines;
    const uint64_t key[2] = {customer.high, customer.low};
    ChatUnit unit = {lines->host->resize(NULL, count * sizeof(uint64_t)), count, count};
    uint64_t *entry = unit.lines == NULL ? NULL : ordered_put(&lines->units, key);
    if (entry == NULL) {
        lines->host->release(unit.lines);
        return STATUS_NO_MEMORY;
    }
    memcpy(unit.lines, sorted, (size_t)count * sizeof(uint64_t));
    chat_unit_store(entry, &unit);
    return chat_evaluate(lines, customer, sorted, count, 1, visit->target, visit->why);
}

Status chat_lines_slide(ChatLines *lines, const ChatTarget *target, Message *why) {
    ChatVisit visit = {lines, target, why};
    lines->sliding = true;
    return customer_rows_each(&lines->rows, chat_visit_sliding, &visit);
}

/* How many of the lines lie before this one. */
static uint64_t chat_unit_place(const ChatUnit *unit, uint64_t line) {
    uint64_t low = 0;
    uint64_t high = unit->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (unit->lines[middle] < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool chat_neighbours(ChatLines *lines, uint64_t before, uint64_t after) {
    return chat_line_ms(after) < chat_turn_until(lines->rules, &lines->day, chat_line_ms(before));
}

/* Requirement 8: the lines [*from, *to) of the conversations that a line touches which comes in at
** `place`, or stands there and goes. */
static void chat_touched(ChatLines *lines, const ChatUnit *unit, uint64_t place, uint64_t line,
                         uint64_t *from, uint64_t *to) {
    const uint64_t *sorted = unit->lines;
    *from = place;
    *to = place;
    if (place > 0 && chat_neighbours(lines, sorted[place - 1], line)) {
        do {
            (*from)--;
        } while (*from > 0 && chat_neighbours(lines, sorted[*from - 1], sorted[*from]));
    }
    if (place < unit->count && chat_neighbours(lines, line, sorted[place])) {
        do {
            (*to)++;
        } while (*to < unit->count && chat_neighbours(lines, sorted[*to - 1], sorted[*to]));
    }
}

static Status chat_unit_insert(ChatLines *lines, ChatUnit *unit, uint64_t place, uint64_t line) {
    if (unit->count == unit->capacity) {
        uint64_t capacity = unit->capacity == 0 ? 8 : unit->capacity * 2;
        uint64_t *block = lines->host->resize(unit->lines, capacity * sizeof *block);
        if (block == NULL) {
            return STATUS_NO_MEMORY;
        }
        unit->lines = block;
        unit->capacity = capacity;
    }
    memmove(unit->lines + place + 1, unit->lines + place,
            (size_t)(unit->count - place) * sizeof(uint64_t));
    unit->lines[place] = line;
    unit->count++;
    return STATUS_OK;
}

static void chat_unit_take(ChatUnit *unit, uint64_t place) {
    unit->count--;
    memmove(unit->lines + place, unit->lines + place + 1,
            (size_t)(unit->count - place) * sizeof(uint64_t));
}

Status chat_lines_change(ChatLines *lines, Identity customer, uint64_t line, int sign,
                         const ChatTarget *target, Message *why) {
    const uint64_t key[2] = {customer.high, customer.low};
    uint64_t *entry = ordered_put(&lines->units, key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    ChatUnit unit = chat_unit_load(entry);
    uint64_t place = chat_unit_place(&unit, line);
    uint64_t from;
    uint64_t to;
    chat_touched(lines, &unit, place, line, &from, &to);
    Status status = STATUS_OK;
    if (to > from) {
        status = chat_evaluate(lines, customer, unit.lines + from, to - from, -1, target, why);
    }
    if (status == STATUS_OK && sign > 0) {
        status = chat_unit_insert(lines, &unit, place, line);
        chat_unit_store(entry, &unit);
    } else if (status == STATUS_OK) {
        chat_unit_take(&unit, place);
        chat_unit_store(entry, &unit);
    }
    to = sign > 0 ? to + 1 : to - 1;
    if (status == STATUS_OK && to > from) {
        status = chat_evaluate(lines, customer, unit.lines + from, to - from, 1, target, why);
    }
    if (unit.count == 0) {
        lines->host->release(unit.lines);
        ordered_remove(&lines->units, key);
    }
    return status;
}
