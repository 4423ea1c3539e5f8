/* yaml_words.h - libyaml's syntax errors in plain words.
 */
#ifndef ONHOLD_SIM_YAML_WORDS_H
#define ONHOLD_SIM_YAML_WORDS_H

#include "../base/findings.h"

/* What libyaml says: "did not find expected ',' or ']'", while "parsing a flow sequence". */
struct complaint {
    const char *problem, *context; /* never NULL; context may be "" */
    struct span at;                /* where it was noticed */
    struct span begun;             /* where what it was reading began; source NULL if not said */
};

/* Makes the finding. */
void yaml_complain(const struct complaint *complaint, oh_diags *diags);

#endif
