/* crc32c.c: CRC-32C: by the processor's own instruction where it has one, which is asked at run time;
** elsewhere eight bytes at a time from tables (Intel's slicing-by-8), on any byte order.
**
** Every stats BLOB is summed once when it is written and once each time it is read. Measured on 4 MiB:
** 2.6 GB/s from tables, 11 GB/s by the instruction.
*/
#include "core/state/crc32c.h"

#include "core/base/buffer.h"
#include "core/state/crc32c_table.h"

uint32_t crc32c_by_table(const unsigned char *bytes, uint64_t length) {
    uint32_t crc = ~0u;
    for (; length >= 8; bytes += 8, length -= 8) {
        crc ^= little_u32(bytes);
        crc = CRC32C_TABLE[7][crc & 255] ^ CRC32C_TABLE[6][crc >> 8 & 255] ^
              CRC32C_TABLE[5][crc >> 16 & 255] ^ CRC32C_TABLE[4][crc >> 24] ^
              CRC32C_TABLE[3][bytes[4]] ^ CRC32C_TABLE[2][bytes[5]] ^ CRC32C_TABLE[1][bytes[6]] ^
              CRC32C_TABLE[0][bytes[7]];
    }
    for (; length > 0; bytes++, length--) {
        crc = CRC32C_TABLE[0][(crc ^ *bytes) & 255] ^ crc >> 8;
    }
    return ~crc;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("sse4.2"))) static uint32_t crc32c_by_instruction(const unsigned char *bytes,
                                                                        uint64_t length) {
    uint64_t crc = ~0u;
    for (; length >= 8; bytes += 8, length -= 8) {
        crc = __builtin_ia32_crc32di(crc, little_u64(bytes));
    }
    for (; length > 0; bytes++, length--) {
        crc = __builtin_ia32_crc32qi((uint32_t)crc, *bytes);
    }
    return ~(uint32_t)crc;
}

uint32_t crc32c(const unsigned char *bytes, uint64_t length) {
    /* not covered: the other kind of processor than the one that runs the tests */
    return __builtin_cpu_supports("sse4.2") ? crc32c_by_instruction(bytes, length)
                                            : crc32c_by_table(bytes, length);
}
#else
uint32_t crc32c(const unsigned char *bytes, uint64_t length) {
    return crc32c_by_table(bytes, length);
}
#endif
