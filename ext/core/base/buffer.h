/* buffer.h: bytes that grow (a stats BLOB, a canonical text) and bytes that are read with care.
**
** 1. A Buffer remembers a failed allocation: callers append without tests and ask once at the end.
** 2. A Reader never reads past its end: after a failure every read gives 0 and `broken` stays set.
** 3. Varints are LEB128, minimal: a longer spelling of a number is refused, so that equal stats are
**    equal bytes (state.md 1). Signed numbers are zigzag.
*/
#ifndef KEFU_CORE_BUFFER_H
#define KEFU_CORE_BUFFER_H

#include "core/base/base.h"

typedef struct Buffer {
    const Host *host;
    unsigned char *bytes; /* owned; NULL while empty */
    uint64_t length;
    uint64_t capacity;
    bool failed; /* an allocation failed: what was appended since is lost */
} Buffer;

void buffer_open(Buffer *buffer, const Host *host);
void buffer_close(Buffer *buffer); /* frees; the buffer may be opened again */
/* Makes room for so many bytes more and returns where they go, or NULL (failed is set). The caller
** writes there, then adds what it wrote to length. */
unsigned char *buffer_reserve(Buffer *buffer, uint64_t bytes);
void buffer_append(Buffer *buffer, const void *bytes, uint64_t length);
void buffer_text(Buffer *buffer, const char *text);
void buffer_byte(Buffer *buffer, unsigned char byte);
void buffer_varint(Buffer *buffer, uint64_t number);
void buffer_signed(Buffer *buffer, int64_t number);
void buffer_u32(Buffer *buffer, uint32_t number); /* little-endian */
void buffer_u64(Buffer *buffer, uint64_t number); /* little-endian */
void buffer_wide(Buffer *buffer, int128 number);  /* zigzag varint of up to 19 bytes */
void buffer_integer_text(Buffer *buffer, int64_t number); /* decimal digits */

typedef struct Reader {
    const unsigned char *at;
    const unsigned char *end;
    bool broken;
} Reader;

Reader reader_over(const void *bytes, uint64_t length);
uint64_t reader_left(const Reader *reader);
const unsigned char *reader_bytes(Reader *reader, uint64_t length); /* NULL when broken */
unsigned char reader_byte(Reader *reader);
uint64_t reader_varint(Reader *reader);
int64_t reader_signed(Reader *reader);
uint32_t reader_u32(Reader *reader);
uint64_t reader_u64(Reader *reader);
int128 reader_wide(Reader *reader);

#endif
