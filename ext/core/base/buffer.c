/* buffer.c: growing bytes and careful reading. See buffer.h. */
#include "core/base/buffer.h"

#include <string.h>

#define BUFFER_FIRST_BYTES 64
#define WIDE_LONGEST 19 /* bytes of a 128-bit varint */

void buffer_open(Buffer *buffer, const Host *host) { *buffer = (Buffer){.host = host}; }

void buffer_close(Buffer *buffer) {
    if (buffer->bytes != NULL) {
        buffer->host->release(buffer->bytes);
    }
    *buffer = (Buffer){.host = buffer->host};
}

unsigned char *buffer_grow(Buffer *buffer, uint64_t bytes) {
    if (buffer->failed || bytes > UINT64_MAX / 2 - buffer->length) {
        buffer->failed = true;
        return NULL;
    }
    uint64_t needed = buffer->length + bytes;
    uint64_t capacity = buffer->capacity == 0 ? BUFFER_FIRST_BYTES : buffer->capacity * 2;
    capacity = capacity < needed ? needed : capacity; /* needed is below 2^63 */
    unsigned char *block = buffer->host->resize(buffer->bytes, capacity);
    if (block == NULL) {
        buffer->failed = true;
        return NULL;
    }
    buffer->bytes = block;
    buffer->capacity = capacity;
    return block + buffer->length;
}

void buffer_append(Buffer *buffer, const void *bytes, uint64_t length) {
    unsigned char *at = length == 0 ? NULL : buffer_reserve(buffer, length);
    if (at != NULL) {
        memcpy(at, bytes, (size_t)length);
        buffer->length += length;
    }
}

void buffer_text(Buffer *buffer, const char *text) { buffer_append(buffer, text, strlen(text)); }

void buffer_varint_long(Buffer *buffer, uint64_t number) {
    unsigned char *at = buffer_reserve(buffer, VARINT_LONGEST);
    if (at == NULL) {
        return;
    }
    buffer->length += (uint64_t)(varint_put(at, number) - at);
}

void buffer_wide(Buffer *buffer, int128 number) {
    unsigned char *at = buffer_reserve(buffer, WIDE_LONGEST);
    if (at == NULL) {
        return;
    }
    uint128 sign = number < 0 ? ~(uint128)0 : 0;
    uint128 zigzag = ((uint128)number << 1) ^ sign;
    uint64_t written = 0;
    for (; zigzag >= 0x80; zigzag >>= 7) {
        at[written++] = (unsigned char)(zigzag | 0x80);
    }
    at[written++] = (unsigned char)zigzag;
    buffer->length += written;
}

void buffer_integer_text(Buffer *buffer, int64_t number) {
    char digits[20];
    size_t first = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--first] = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (number < 0) {
        buffer_byte(buffer, '-');
    }
    buffer_append(buffer, digits + first, sizeof digits - first);
}

Reader reader_over(const void *bytes, uint64_t length) {
    const unsigned char *from = bytes;
    Reader reader = {from, length == 0 ? from : from + length, false};
    return reader;
}

const unsigned char *reader_bytes(Reader *reader, uint64_t length) {
    if (length > reader_left(reader)) {
        reader_break(reader);
        return NULL;
    }
    const unsigned char *bytes = reader->at;
    if (length != 0) {
        reader->at += length;
    }
    return bytes;
}

/* Requirement 3: a last group of zero is a longer spelling; one beyond the width does not fit. */
uint64_t reader_varint_long(Reader *reader) {
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        unsigned char byte = reader_byte(reader);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            bool minimal = byte != 0 || shift == 0;
            bool fits = shift < 63 || byte <= 1;
            return minimal && fits ? number : reader_break(reader);
        }
    }
    return reader_break(reader);
}

Varint varint_get_long(const unsigned char *at, const unsigned char *end) {
    Reader reader = {at, end, false};
    Varint varint = {NULL, reader_varint(&reader)};
    varint.behind = reader.broken ? NULL : reader.at;
    return varint;
}

int128 reader_wide(Reader *reader) {
    uint128 zigzag = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char byte = reader_byte(reader);
        if (shift == 7 * (WIDE_LONGEST - 1) && byte > 3) {
            break; /* beyond 128 bits */
        }
        zigzag |= (uint128)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (byte == 0 && shift != 0) {
                break; /* requirement 3 */
            }
            int128 magnitude = (int128)(zigzag >> 1);
            return (zigzag & 1) != 0 ? -magnitude - 1 : magnitude;
        }
    }
    return (int128)reader_break(reader);
}
