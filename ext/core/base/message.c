/* message.c: the words of an error. See message.h. */
#include "core/base/message.h"

#include <string.h>

#include "core/base/number.h"

#define MESSAGE_TEXT_SHOWN 60   /* bytes of a text before it is cut */
#define MESSAGE_BLOB_SHOWN 16   /* bytes of a BLOB before it is cut */
#define MESSAGE_EDITS 2         /* how far a misspelt word is from what was meant */
#define MESSAGE_NAME_LONGEST 64 /* bytes of the longest name that message_closest() considers */

void message_clear(Message *message) {
    message->length = 0;
    message->cut = false;
    message->text[0] = '\0';
}

/* The longest whole-character prefix of at most `room` bytes: a character is not begun unless it
** ends. */
static size_t message_whole(const char *bytes, size_t length, size_t room) {
    if (length <= room) {
        return length;
    }
    size_t kept = room;
    while (kept > 0 && ((unsigned char)bytes[kept] & 0xc0) == 0x80) {
        kept--;
    }
    return kept;
}

void message_bytes(Message *message, const char *bytes, size_t length) {
    if (message->cut || length == 0) {
        return;
    }
    size_t kept = message_whole(bytes, length, MESSAGE_BYTES - message->length);
    memcpy(message->text + message->length, bytes, kept);
    message->length += (uint32_t)kept;
    message->text[message->length] = '\0';
    message->cut = kept < length;
}

void message_text(Message *message, const char *text) {
    message_bytes(message, text, strlen(text));
}

void message_integer(Message *message, int64_t number) {
    char digits[21];
    size_t first = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--first] = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (number < 0) {
        digits[--first] = '-';
    }
    message_bytes(message, digits + first, sizeof digits - first);
}

void message_quoted(Message *message, const char *bytes, size_t length) {
    size_t shown = message_whole(bytes, length, MESSAGE_TEXT_SHOWN);
    message_text(message, "'");
    size_t from = 0;
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '\'' || byte < ' ' || byte == 0x7f) {
            message_bytes(message, bytes + from, i - from);
            message_text(message, byte == '\'' ? "''" : "?");
            from = i + 1;
        }
    }
    message_bytes(message, bytes + from, shown - from);
    message_text(message, shown < length ? "…'" : "'");
}

static void message_blob(Message *message, const char *bytes, size_t length) {
    static const char hex[] = "0123456789abcdef";
    message_text(message, "x'");
    for (size_t i = 0; i < length && i < MESSAGE_BLOB_SHOWN; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        const char pair[2] = {hex[byte >> 4], hex[byte & 15]};
        message_bytes(message, pair, sizeof pair);
    }
    message_text(message, length > MESSAGE_BLOB_SHOWN ? "…'" : "'");
}

void message_value(Message *message, const Value *value) {
    char real[32 + 1];
    switch (value->type) { /* not covered: no other type */
    case VALUE_NULL:
        message_text(message, "NULL");
        break;
    case VALUE_INTEGER:
        message_integer(message, value->as.integer);
        break;
    case VALUE_REAL:
        message_bytes(message, real, number_print_real(value->as.real, real));
        break;
    case VALUE_TEXT:
        message_quoted(message, value->as.bytes, value->length);
        break;
    case VALUE_BLOB:
        message_blob(message, value->as.bytes, value->length);
        break;
    }
}

Status message_refuse(Message *message, const Value *value, const char *words) {
    message_clear(message);
    message_value(message, value);
    message_text(message, words);
    return STATUS_REFUSED;
}

Status message_say(Message *message, const char *words) {
    message_clear(message);
    message_text(message, words);
    return STATUS_REFUSED;
}

/* Edits between a word and a name of at most MESSAGE_NAME_LONGEST bytes: the usual table, of which
** one row is kept. */
static size_t message_edits(const char *word, size_t length, const char *name, size_t name_length) {
    size_t row[MESSAGE_NAME_LONGEST + 1];
    for (size_t j = 0; j <= name_length; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= name_length; j++) {
            size_t changed = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
            size_t shifted = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = changed < shifted ? changed : shifted;
        }
    }
    return row[name_length];
}

const char *message_closest(const char *word, size_t length, const char *const *names,
                            size_t count) {
    const char *closest = NULL;
    size_t fewest = MESSAGE_EDITS + 1;
    for (size_t i = 0; i < count; i++) {
        size_t name_length = strlen(names[i]);
        size_t shorter = name_length < length ? name_length : length;
        size_t longer = name_length < length ? length : name_length;
        if (name_length > MESSAGE_NAME_LONGEST || longer - shorter > MESSAGE_EDITS) {
            continue;
        }
        size_t edits = message_edits(word, length, names[i], name_length);
        if (edits < fewest && edits < shorter) {
            fewest = edits;
            closest = names[i];
        }
    }
    return closest;
}
