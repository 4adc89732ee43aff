/* base.c: allocation through the host. See base.h. */
#include "core/base/base.h"

#include <string.h>

void *host_allocate(const Host *host, uint64_t count, uint64_t size) {
    if (size != 0 && count > (uint64_t)SIZE_MAX / size) {
        return NULL;
    }
    uint64_t bytes = count * size;
    if (bytes == 0) {
        bytes = 1;
    }
    void *block = host->resize(NULL, bytes);
    if (block != NULL) {
        memset(block, 0, (size_t)bytes);
    }
    return block;
}
