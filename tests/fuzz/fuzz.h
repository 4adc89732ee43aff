/* fuzz.h: what the fuzz targets share: a host that counts and refuses, and a way to read bytes as
** numbers.
**
** 1. A check runs twice over every input: with all the memory it wants, then with one allocation
**    refused, a different one for each input. Both times all blocks come back, and the second time
**    it says STATUS_NO_MEMORY: a refusal is never swallowed.
** 2. What is wrong aborts; libFuzzer keeps the input.
*/
#ifndef KEFU_TESTS_FUZZ_H
#define KEFU_TESTS_FUZZ_H

#include "core/base/buffer.h"
#include "core/base/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const Host fuzz_host;

/* What does not hold is told with its words and place. */
#define fuzz_expect(holds) fuzz_require((holds), #holds, __FILE__, __LINE__)
void fuzz_require(bool holds, const char *words, const char *file, int line);

/* Looks at one input. A refusal by the code under test is fine: STATUS_OK. */
typedef Status FuzzCheck(const uint8_t *data, size_t size);
int fuzz_run(FuzzCheck *check, const uint8_t *data, size_t size); /* 0, for libFuzzer */

bool fuzz_same(const Buffer *left, const Buffer *right);
/* A number that depends on all bytes. */
uint64_t fuzz_hash(const uint8_t *data, size_t size);

/* Where the first line ends: at its line feed or at the end. */
size_t fuzz_line(const uint8_t *data, size_t size);

/* Bytes as choices; behind the end all are 0. */
typedef struct FuzzInput {
    const uint8_t *at;
    const uint8_t *end;
} FuzzInput;

uint8_t fuzz_byte(FuzzInput *input);
uint32_t fuzz_below(FuzzInput *input, uint32_t limit); /* of one byte */
int64_t fuzz_word(FuzzInput *input);                   /* 8 bytes, little-endian */

#endif
