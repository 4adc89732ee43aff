/* state.c: see state.h. */
#include "core/state/state.h"

#include <string.h>

#include "core/state/crc32c.h"

#define STATE_HEAD_BYTES 16
#define STATE_LENGTH_AT 8 /* the payload's length in the head */
#define STATE_CRC_BYTES 4

static const unsigned char STATE_MAGIC[4] = {'k', 'e', 'f', 'u'};

/* What may be in an envelope: a row a kind. */
static const struct StateShape {
    const char *name;
    uint32_t flags; /* those that the kind may have */
} STATE_SHAPES[] = {
    [STATE_CHAT] = {"chat", STATE_GROUPED},
    [STATE_DEAL] = {"deal", STATE_GROUPED | STATE_AMOUNTS | STATE_QUANTITIES},
    [STATE_RATING] = {"rating", STATE_GROUPED},
    [STATE_JOURNEYS] = {"journeys", 0},
};
#define STATE_SHAPE_COUNT (sizeof STATE_SHAPES / sizeof STATE_SHAPES[0])

const char *state_kind_name(StateKind kind) { return STATE_SHAPES[kind].name; }

void state_describe(const State *state, Message *message) {
    if (state->flags & STATE_GROUPED) {
        message_text(message, "grouped ");
    }
    message_text(message, state_kind_name(state->kind));
    if (state->kind != STATE_JOURNEYS) {
        message_text(message, " stats");
    }
    if (state->kind == STATE_DEAL) {
        message_text(message, state->flags & STATE_QUANTITIES ? " with amounts and quantities"
                              : state->flags & STATE_AMOUNTS  ? " with amounts, without quantities"
                                                              : " without amounts");
    }
}

uint64_t state_begin(Buffer *out, uint32_t version, StateKind kind, uint32_t flags,
                     const char *rules, uint64_t rules_length) {
    uint64_t begun = out->length;
    buffer_append(out, STATE_MAGIC, sizeof STATE_MAGIC);
    buffer_byte(out, (unsigned char)kind);
    buffer_byte(out, (unsigned char)version);
    buffer_byte(out, (unsigned char)flags);
    buffer_byte(out, 0);
    buffer_u64(out, 0); /* the payload's length, known at the end */
    buffer_varint(out, rules_length);
    buffer_append(out, rules, rules_length);
    /* Until the end, the place holds where the payload begins. */
    if (!out->failed) {
        little_put_u64(out->bytes + begun + STATE_LENGTH_AT, out->length);
    }
    return begun;
}

void state_end(Buffer *out, uint64_t begun) {
    if (out->failed) {
        return;
    }
    unsigned char *length = out->bytes + begun + STATE_LENGTH_AT;
    little_put_u64(length, out->length - little_u64(length));
    uint32_t crc = crc32c(out->bytes + begun, out->length - begun);
    buffer_u32(out, crc);
}

static Status state_refuse(const Value *value, const char *what, Message *why) {
    message_clear(why);
    message_value(why, value);
    message_text(why, what);
    return STATUS_REFUSED;
}

Status state_add_count(int64_t *into, int64_t part, int sign, Message *why) {
    *into += sign * part;
    return *into <= STATE_MOST_COUNT
               ? STATUS_OK
               : message_say(why, "the counts of these stats together are beyond 2^61");
}

Status state_add_sum(int128 *into, int128 part, int sign, Message *why) {
    *into += sign * part;
    return *into <= STATE_MOST_SUM && *into >= -STATE_MOST_SUM
               ? STATUS_OK
               : message_say(why, "the sums of these stats together are beyond 2^99");
}

int64_t state_read_count(Reader *reader) {
    uint64_t count = reader_varint(reader);
    if (count > (uint64_t)STATE_MOST_COUNT) {
        return (int64_t)reader_break(reader);
    }
    return (int64_t)count;
}

Status state_damaged(Message *why) {
    return message_say(why, "the stats are damaged: their contents contradict themselves");
}

Status state_read(const Value *value, State *out, Message *why) {
    if (value->type != VALUE_BLOB || value->length < STATE_HEAD_BYTES + STATE_CRC_BYTES ||
        memcmp(value->as.bytes, STATE_MAGIC, sizeof STATE_MAGIC) != 0) {
        return state_refuse(value,
                            " is no stats; want the BLOB that chat_stats(), deal_stats(), "
                            "rating_stats(), their _by forms, journeys() or kefu_merge() made",
                            why);
    }
    const unsigned char *bytes = (const unsigned char *)value->as.bytes;
    if (bytes[5] < STATE_OLDEST || bytes[5] > STATE_VERSION) { /* Requirement 3 */
        message_clear(why);
        message_text(why, "these stats have format version ");
        message_integer(why, bytes[5]);
        message_text(why, ", this library reads versions ");
        message_integer(why, STATE_OLDEST);
        message_text(why, " to ");
        message_integer(why, STATE_VERSION);
        message_text(why, "; use a kefu that is as new as the one that made them");
        return STATUS_REFUSED;
    }
    const uint64_t before_crc = value->length - STATE_CRC_BYTES;
    if (crc32c(bytes, before_crc) != little_u32(bytes + before_crc)) {
        return message_say(why, "the stats are damaged: the checksum does not match their bytes");
    }
    out->kind = (StateKind)bytes[4];
    out->version = bytes[5];
    out->flags = bytes[6];
    if (bytes[4] == 0 || bytes[4] >= STATE_SHAPE_COUNT || bytes[7] != 0 ||
        (out->flags & ~STATE_SHAPES[bytes[4]].flags) != 0 ||
        (out->flags & (STATE_AMOUNTS | STATE_QUANTITIES)) == STATE_QUANTITIES) {
        message_clear(why);
        message_text(why, "these stats have a kind or flags that format version ");
        message_integer(why, bytes[5]);
        message_text(why, " of this library (version ");
        message_integer(why, STATE_VERSION);
        message_text(why, ") does not know; use a newer kefu");
        return STATUS_REFUSED;
    }
    Reader reader = reader_over(bytes + STATE_LENGTH_AT, before_crc - STATE_LENGTH_AT);
    uint64_t payload = reader_u64(&reader);
    uint64_t rules = reader_varint(&reader);
    out->rules = (const char *)reader_bytes(&reader, rules);
    out->rules_length = (uint32_t)rules;
    if (reader.broken || payload != reader_left(&reader)) {
        return state_damaged(why);
    }
    out->payload = reader;
    return STATUS_OK;
}
