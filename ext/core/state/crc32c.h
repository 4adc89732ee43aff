/* crc32c.h: the checksum at the end of stats (state.md 1). */
#ifndef KEFU_CORE_CRC32C_H
#define KEFU_CORE_CRC32C_H

#include <stdint.h>

/* CRC-32C of these bytes; "123456789" gives 0xe3069283. */
uint32_t crc32c(const unsigned char *bytes, uint64_t length);
/* The same without the processor's help. */
uint32_t crc32c_by_table(const unsigned char *bytes, uint64_t length);

#endif
