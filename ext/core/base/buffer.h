/* buffer.h: bytes that grow (a stats BLOB, a canonical text) and bytes that are read with care.
**
** 1. A Buffer remembers a failed allocation: callers append without tests and ask once at the end.
** 2. A Reader never reads past its end: after a failure every read gives 0 and `broken` stays set.
** 3. Varints are LEB128, minimal: a longer spelling of a number is refused, so that equal stats are
**    equal bytes (state.md 1). Signed numbers are zigzag.
**
** The short ways (room is there, a byte or two are enough) are inline: they run once a row.
*/
#ifndef KEFU_CORE_BUFFER_H
#define KEFU_CORE_BUFFER_H

#include "core/base/base.h"

/* Little-endian numbers at any address, on any machine. Spelled out like this they are one load or
** store where the machine is little-endian itself; as loops they are not, and states are full of them. */
static inline uint32_t little_u32(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t little_u64(const unsigned char *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static inline void little_put_u32(unsigned char *at, uint32_t number) {
    at[0] = (unsigned char)number;
    at[1] = (unsigned char)(number >> 8);
    at[2] = (unsigned char)(number >> 16);
    at[3] = (unsigned char)(number >> 24);
}

static inline void little_put_u64(unsigned char *at, uint64_t number) {
    at[0] = (unsigned char)number;
    at[1] = (unsigned char)(number >> 8);
    at[2] = (unsigned char)(number >> 16);
    at[3] = (unsigned char)(number >> 24);
    at[4] = (unsigned char)(number >> 32);
    at[5] = (unsigned char)(number >> 40);
    at[6] = (unsigned char)(number >> 48);
    at[7] = (unsigned char)(number >> 56);
}

/* Writes a varint, of up to VARINT_LONGEST bytes; returns what is behind it. */
#define VARINT_LONGEST 10
static inline unsigned char *varint_put(unsigned char *at, uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
        *at++ = (unsigned char)(number | 0x80);
    }
    *at++ = (unsigned char)number;
    return at;
}

typedef struct Buffer {
    const Host *host;
    unsigned char *bytes; /* owned; NULL while empty */
    uint64_t length;
    uint64_t capacity;
    bool failed; /* an allocation failed: what was appended since is lost */
} Buffer;

void buffer_open(Buffer *buffer, const Host *host);
void buffer_close(Buffer *buffer); /* frees; the buffer may be opened again */
/* Where so many bytes more go after the block has grown, or NULL. For buffer_reserve(). */
unsigned char *buffer_grow(Buffer *buffer, uint64_t bytes);
void buffer_append(Buffer *buffer, const void *bytes, uint64_t length);
void buffer_text(Buffer *buffer, const char *text);
void buffer_varint_long(Buffer *buffer, uint64_t number); /* any length; for buffer_varint() */
void buffer_wide(Buffer *buffer, int128 number);          /* zigzag varint of up to 19 bytes */
void buffer_integer_text(Buffer *buffer, int64_t number); /* decimal digits */

/* Makes room for so many bytes more and returns where they go, or NULL (failed is set). The caller
** writes there, then adds what it wrote to length. */
static inline unsigned char *buffer_reserve(Buffer *buffer, uint64_t bytes) {
    if (buffer->capacity - buffer->length >= bytes && buffer->bytes != NULL) {
        return buffer->bytes + buffer->length;
    }
    return buffer_grow(buffer, bytes);
}

static inline void buffer_byte(Buffer *buffer, unsigned char byte) {
    unsigned char *at = buffer_reserve(buffer, 1);
    if (at != NULL) {
        *at = byte;
        buffer->length++;
    }
}

static inline void buffer_u32(Buffer *buffer, uint32_t number) {
    unsigned char *at = buffer_reserve(buffer, sizeof number);
    if (at != NULL) {
        little_put_u32(at, number);
        buffer->length += sizeof number;
    }
}

static inline void buffer_u64(Buffer *buffer, uint64_t number) {
    unsigned char *at = buffer_reserve(buffer, sizeof number);
    if (at != NULL) {
        little_put_u64(at, number);
        buffer->length += sizeof number;
    }
}

static inline void buffer_varint(Buffer *buffer, uint64_t number) {
    if (number < 0x80) {
        buffer_byte(buffer, (unsigned char)number);
    } else {
        buffer_varint_long(buffer, number);
    }
}

static inline void buffer_signed(Buffer *buffer, int64_t number) {
    uint64_t sign = number < 0 ? UINT64_MAX : 0;
    buffer_varint(buffer, ((uint64_t)number << 1) ^ sign);
}

typedef struct Reader {
    const unsigned char *at;
    const unsigned char *end;
    bool broken;
} Reader;

Reader reader_over(const void *bytes, uint64_t length);
const unsigned char *reader_bytes(Reader *reader, uint64_t length); /* NULL when broken */
uint64_t reader_varint_long(Reader *reader); /* any length; for reader_varint() */
int128 reader_wide(Reader *reader);

/* Refuses what is left: the reader is at its end, and gives 0 from now on. */
static inline uint64_t reader_break(Reader *reader) {
    reader->at = reader->end;
    reader->broken = true;
    return 0;
}

static inline uint64_t reader_left(const Reader *reader) {
    return reader->at == reader->end ? 0 : (uint64_t)(reader->end - reader->at);
}

static inline uint64_t reader_u64(Reader *reader) {
    if (reader_left(reader) < sizeof(uint64_t)) {
        return reader_break(reader);
    }
    reader->at += sizeof(uint64_t);
    return little_u64(reader->at - sizeof(uint64_t));
}

static inline unsigned char reader_byte(Reader *reader) {
    if (reader->at == reader->end) {
        return (unsigned char)reader_break(reader);
    }
    return *reader->at++;
}

static inline uint64_t reader_varint(Reader *reader) {
    if (reader->at != reader->end && *reader->at < 0x80) {
        return *reader->at++;
    }
    if (reader_left(reader) >= 2 && reader->at[1] < 0x80 && reader->at[1] != 0) {
        reader->at += 2;
        return (uint64_t)(reader->at[-2] & 0x7f) | (uint64_t)reader->at[-1] << 7;
    }
    return reader_varint_long(reader);
}

/* The same for loops that keep their place in a variable: a number and what is behind it, NULL where
** it is none. */
typedef struct Varint {
    const unsigned char *behind;
    uint64_t number;
} Varint;
Varint varint_get_long(const unsigned char *at, const unsigned char *end); /* any length */
HOT_INLINE Varint varint_get(const unsigned char *at, const unsigned char *end) {
    if (end - at >= 2 && at[0] < 0x80) {
        return (Varint){at + 1, at[0]};
    }
    if (end - at >= 2 && at[1] < 0x80 && at[1] != 0) {
        return (Varint){at + 2, (uint64_t)(at[0] & 0x7f) | (uint64_t)at[1] << 7};
    }
    return varint_get_long(at, end);
}

static inline int64_t reader_signed(Reader *reader) {
    uint64_t zigzag = reader_varint(reader);
    uint64_t magnitude = zigzag >> 1;
    return (zigzag & 1) != 0 ? -(int64_t)magnitude - 1 : (int64_t)magnitude;
}

#endif
