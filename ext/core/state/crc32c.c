/* crc32c.c: CRC-32C, eight bytes at a time (Intel's slicing-by-8), on any byte order. */
#include "core/state/crc32c.h"

#include "core/base/buffer.h"
#include "core/state/crc32c_table.h"

uint32_t crc32c(const unsigned char *bytes, uint64_t length) {
    uint32_t crc = 0xffffffffu;
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
