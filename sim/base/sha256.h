/* sha256.h - SHA-256 of bytes (FIPS 180-4, 2015), to name scenarios by their content.
 */
#ifndef ONHOLD_SIM_SHA256_H
#define ONHOLD_SIM_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
};

/* In pieces: begin, add any number of times, then the digest as 64 hexadecimal digits and NUL. */
void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t length);
void sha256_hex(struct sha256 *hash, char hex[65]);

/* All at once. */
void sha256_of(const void *bytes, size_t length, char hex[65]);

#endif
