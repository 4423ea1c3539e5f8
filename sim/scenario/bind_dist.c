/* bind_dist.c - distributions: one kind a map, parameters as the family's descriptors say.
 *
 * The one idea: a simple family is read by its row in the registry of sim/math, so a new one needs
 * nothing here. Only the kinds made of other distributions or of points have readers of their own
 * (bind_compound.c).
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "binder.h"

static const char *family_name(const void *user, size_t i)
{
    (void)user;
    return dist_family_at(i)->name;
}

/* "constant, exponential, ..." of those that may stand here. */
static const char *list_families(char *text, size_t size, bool patience)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < dist_family_count() && used < size; i++) {
        if (dist_family_at(i)->patience_only && !patience)
            continue;
        int more =
            snprintf(text + used, size - used, "%s%s", used ? ", " : "", dist_family_at(i)->name);
        used += more > 0 ? (size_t)more : 0;
    }
    return text;
}

bool dist_is_written(const struct node *node)
{
    if (node->kind != NODE_MAP)
        return false;
    for (const struct node *child = node->first; child; child = child->next)
        if (dist_family_find(child->key))
            return true;
    return false;
}

static const char *patience_only(const char *name)
{
    return strcmp(name, "never") == 0 ? "'never' is a patience: nothing else lasts for ever"
                                      : "this describes a patience and nothing else";
}

/* ---- one value without a kind ---- */

static struct dist *bare_value(struct binder *b, const struct node *node, struct dist_use use)
{
    double seconds;
    struct problem problem = {"", ""};
    const char *text = node->text;
    if (node_is_null(node)) {
        value_text(b, node, "a distribution", "{exponential: 4 min}");
        return NULL;
    }
    if (strcmp(text, "never") == 0) {
        if (use.patience)
            return dist_never(b->arena);
        finding(b->diags, CODE_E205, node->span, "%s", patience_only(text));
        return NULL;
    }
    const struct dist_family *family = dist_family_find(text);
    if (family) {
        finding(b->diags, CODE_E205, node->span, "'%s' needs its numbers", text);
        finding_hint(b->diags, "write {%s: %s}", text, family->form);
        return NULL;
    }
    if (unit_duration(text, &seconds, &problem)) {
        if (use.bare && value_read(b, node, VALUE_DURATION, &seconds))
            return dist_constant(b->arena, seconds);
        if (use.bare)
            return NULL;
        finding(b->diags, CODE_E211, node->span, "%s: the same for everyone, or a mean?", text);
        finding_hint(
            b->diags,
            "write {constant: %s} (exactly that each time), {exponential: %s} (the mean), or "
            "{lognormal: {mean: %s, cv: 1}}; the choice can change the waits by a factor "
            "of two",
            text, text, text);
        return NULL;
    }
    if (strpbrk(text, "0123456789")) {
        value_problem(b, node->span, &problem);
        return NULL;
    }
    char names[300];
    const char *near = suggest(text, dist_family_count(), family_name, NULL);
    finding(b->diags, CODE_E207, node->span, "there is no distribution '%s'", text);
    if (near)
        finding_hint(b->diags, "did you mean %s?  It is written  %s: %s", near, near,
                     dist_family_find(near)->form);
    else
        finding_hint(b->diags, "the kinds are: %s",
                     list_families(names, sizeof names, use.patience));
    return NULL;
}

/* ---- simple families ---- */

struct given {
    double value[DIST_PARAMS];
    const struct node *node[DIST_PARAMS];
    struct dist_schedule *schedule;
};

static struct dist_schedule one_day(const struct spec_schedule *s)
{
    return (struct dist_schedule){.from = s->from, .per = s->per, .n = s->n, .mean = s->value};
}

/* With several openings times are counted from the first one, so each opening's start is needed. */
static struct dist_schedule *mean_schedule(struct binder *b, const struct spec_schedule *steps)
{
    struct dist_schedule *s = arena_alloc(b->arena, sizeof *s);
    double *opens = arena_array(b->arena, b->openings + 1, sizeof *opens);
    struct dist_schedule *day = arena_array(b->arena, b->openings + 1, sizeof *day);
    if (!s || !opens || !day) {
        b->no_memory = true;
        return NULL;
    }
    *s = one_day(steps);
    for (size_t d = 0; b->openings > 1 && d < b->openings; d++) {
        const struct spec_opening *o = &b->opening[d], *first = &b->opening[0];
        opens[d] = 86400.0 * o->weekday + o->opens - 86400.0 * first->weekday - first->opens;
        if (steps->day)
            day[d] = one_day(&steps->day[d]);
    }
    if (b->openings > 1) {
        s->openings = b->openings;
        s->opens = opens;
        s->day = steps->day ? day : NULL;
    } else if (steps->day) {
        *s = one_day(&steps->day[0]);
    }
    return s;
}

static bool mean_changes(const struct node *node)
{
    return schedule_is_written(node) || (node->kind == NODE_MAP && by_day_is_written(node));
}

static bool mean_keys_known(struct binder *b, const struct node *node)
{
    static const char *const keys[] = {"per", "from", "counts", "csv", "column", "unit"};
    bool good = true;
    for (const struct node *child = node->first; child; child = child->next) {
        size_t i = 0;
        while (i < 6 && strcmp(keys[i], child->key) != 0)
            i++;
        if (i < 6)
            continue;
        const char *near = nearest(child->key, keys, 6);
        finding(b->diags, CODE_E201, child->key_span, "unknown key '%s'", child->key);
        finding_hint(b->diags,
                     near ? "did you mean '%s'?"
                          : "a schedule has per, from, counts, "
                            "csv, column and unit",
                     near);
        good = false;
    }
    return good;
}

/* {mon-fri: {per: ..}, sat: {per: ..}}: a schedule of its own for each opening. */
static bool means_by_day(struct binder *b, const struct node *node, struct spec_schedule *out)
{
    const struct node *of[SPEC_DAYS] = {NULL};
    struct spec_schedule day[SPEC_DAYS] = {{0}};
    if (!by_day_only(b, node) || !by_day_read(b, node, of))
        return false;
    for (size_t d = 0; d < b->openings; d++) {
        bool on[SPEC_DAYS] = {false};
        on[d] = true;
        if (!want_map(b, of[d], "{per: 30 min, counts: [200, 240]}") ||
            !mean_keys_known(b, of[d]) || !schedule_lay(b, of[d], SCHEDULE_MEANS, on, day))
            return false;
    }
    return schedule_join(b, day, node->span, out);
}

static bool read_mean_schedule(struct binder *b, const struct node *node,
                               const struct dist_family *family, struct dist_use use,
                               struct given *given)
{
    struct spec_schedule steps = {0};
    if (!family->scales) {
        finding(b->diags, CODE_E219, node->span, "the mean of '%s' cannot change over the day",
                family->name);
        return false;
    }
    if (use.fixed) {
        finding(b->diags, CODE_E219, node->span,
                "a mean that changes over the day has no meaning here");
        return false;
    }
    bool good = by_day_is_written(node)
                    ? means_by_day(b, node, &steps)
                    : mean_keys_known(b, node) && schedule_read(b, node, SCHEDULE_MEANS, &steps);
    if (!good)
        return false;
    given->schedule = mean_schedule(b, &steps);
    return given->schedule != NULL;
}

static bool read_param(struct binder *b, const struct node *node, const struct dist_family *family,
                       size_t i, struct dist_use use, struct given *given)
{
    const struct dist_param *param = &family->param[i];
    given->node[i] = node;
    if (strcmp(param->name, "mean") == 0 && mean_changes(node)) {
        given->value[i] = 1; /* the schedule multiplies */
        return read_mean_schedule(b, node, family, use, given);
    }
    if (!value_read(b, node, param->kind, &given->value[i]))
        return false;
    if (fabs(given->value[i]) <= 1e12)
        return true;
    finding(b->diags, CODE_E204, node->span, "%s is too large", node->text);
    return false;
}

static const char *param_name(const void *params, size_t i)
{
    return ((const struct dist_param *)params)[i].name;
}

static size_t param_count(const struct dist_family *family)
{
    size_t n = 0;
    while (n < DIST_PARAMS && family->param[n].name)
        n++;
    return n;
}

/* One parameter of a map, by its key. */
static bool named_param(struct binder *b, const struct node *child,
                        const struct dist_family *family, struct dist_use use, struct given *given)
{
    size_t n = param_count(family);
    for (size_t i = 0; i < n; i++)
        if (strcmp(family->param[i].name, child->key) == 0)
            return read_param(b, child, family, i, use, given);
    const char *near = suggest(child->key, n, param_name, family->param);
    finding(b->diags, CODE_E201, child->key_span, "'%s' has no '%s'", family->name, child->key);
    if (near)
        finding_hint(b->diags, "did you mean '%s'?", near);
    else
        finding_hint(b->diags, "it is written  %s: %s", family->name, family->form);
    return false;
}

/* Where the sentence belongs: to the parameter that it begins with, or to the whole. */
static struct span place_of(const struct dist_family *family, const struct given *given,
                            const char *wrong, struct span whole)
{
    for (size_t i = 0; i < param_count(family); i++) {
        size_t length = strlen(family->param[i].name);
        if (given->node[i] && strncmp(wrong, family->param[i].name, length) == 0 &&
            wrong[length] == ' ')
            return given->node[i]->span;
    }
    return whole;
}

static struct dist *simple_family(struct binder *b, const struct node *node,
                                  const struct dist_family *family, struct dist_use use)
{
    struct given given = {.schedule = NULL};
    const char *wrong = NULL;
    bool good = true;
    for (size_t i = 0; i < DIST_PARAMS; i++)
        given.value[i] = NAN;
    bool one_value = family->bare && (node->kind != NODE_MAP || mean_changes(node));
    if (one_value) {
        good = read_param(b, node, family, 0, use, &given);
    } else if (node->kind == NODE_MAP) {
        for (const struct node *child = node->first; child; child = child->next)
            good = named_param(b, child, family, use, &given) && good;
    } else {
        finding(b->diags, CODE_E205, node->span, "'%s' needs its numbers by name, found %s",
                family->name, shape_of(node));
        finding_hint(b->diags, "write  %s: %s", family->name, family->form);
        return NULL;
    }
    if (!good)
        return NULL;
    struct dist *d = dist_make(b->arena, family, given.value, &wrong);
    if (!d) {
        dist_nonsense(b, wrong ? place_of(family, &given, wrong, node->span) : node->span, wrong);
        if (wrong)
            finding_hint(b->diags, "it is written  %s: %s", family->name, family->form);
        return NULL;
    }
    d->schedule = given.schedule;
    return d;
}

/* ---- one kind ---- */

static struct dist *of_family(struct binder *b, const struct node *node,
                              const struct dist_family *family, struct dist_use use)
{
    if (family->patience_only && !use.patience) {
        finding(b->diags, CODE_E205, node->key_span, "%s", patience_only(family->name));
        return NULL;
    }
    compound_fn *compound = compound_reader(family->name);
    if (compound)
        return compound(b, node, use);
    return simple_family(b, node, family, use);
}

/* ---- a map ---- */

/* A family that has such a parameter, or NULL. */
static const struct dist_family *family_with(const char *param)
{
    for (size_t i = 0; i < dist_family_count(); i++) {
        const struct dist_family *family = dist_family_at(i);
        for (size_t k = 0; !family->bare && k < param_count(family); k++)
            if (strcmp(family->param[k].name, param) == 0)
                return family;
    }
    return NULL;
}

/* A key that is no kind of distribution. */
static void odd_key(struct binder *b, const struct node *child, struct dist_use use)
{
    char names[300];
    const struct dist_family *family = family_with(child->key);
    if (family) {
        finding(b->diags, CODE_E208, child->key_span, "a '%s' of which kind of distribution?",
                child->key);
        finding_hint(b->diags, "write the kind before it, for example  {%s: %s}", family->name,
                     family->form);
        return;
    }
    finding(b->diags, CODE_E201, child->key_span, "there is no distribution '%s'", child->key);
    const char *near = suggest(child->key, dist_family_count(), family_name, NULL);
    if (near)
        finding_hint(b->diags, "did you mean '%s'?  It is written  %s: %s", near, near,
                     dist_family_find(near)->form);
    else
        finding_hint(b->diags, "the kinds are: %s",
                     list_families(names, sizeof names, use.patience));
}

/* The share of a mixture's part. */
static bool read_share(struct binder *b, const struct node *map, struct dist_use use)
{
    const struct node *share = node_get(map, "share");
    if (!use.share)
        return true;
    if (share)
        return value_read(b, share, VALUE_SHARE, use.share);
    finding(b->diags, CODE_E202, map->span, "'share' is missing in this part of the mixture");
    finding_hint(b->diags, "write, for example, {share: 15%%, constant: 40 s}");
    return false;
}

/* The one kind's key in the map, and whether all else in it is right. */
static bool find_kind(struct binder *b, const struct node *map, struct dist_use use,
                      const struct node **kind)
{
    bool good = true;
    for (const struct node *child = map->first; child; child = child->next) {
        if (strcmp(child->key, "plus") == 0 || (use.share && strcmp(child->key, "share") == 0))
            continue;
        if (!dist_family_find(child->key)) {
            if (good || !family_with(child->key)) /* one question about mean and cv is enough */
                odd_key(b, child, use);
            good = false;
        } else if (*kind) {
            finding(b->diags, CODE_E208, child->key_span, "two kinds of distribution in one");
            finding_note(b->diags, (*kind)->key_span, "the first one");
            finding_hint(b->diags, "keep one of them; to mix them use mixture or first_of");
            good = false;
        } else {
            *kind = child;
        }
    }
    return good;
}

struct dist *dist_read(struct binder *b, const struct node *node, struct dist_use use)
{
    const struct node *kind = NULL, *plus = NULL;
    double added = 0;
    char names[300];
    if (node->bad)
        return NULL;
    if (use.depth > SPEC_MAX_NESTING) {
        finding(b->diags, CODE_E218, node->span, "distributions are nested more than %d deep",
                SPEC_MAX_NESTING);
        return NULL;
    }
    if (node->kind == NODE_SCALAR && !use.share)
        return bare_value(b, node, use);
    if (!want_map(b, node, use.share ? "{share: 15%, constant: 40 s}" : "{exponential: 4 min}"))
        return NULL;
    bool good = find_kind(b, node, use, &kind);
    good = read_share(b, node, use) && good;
    plus = node_get(node, "plus");
    if (plus)
        good = value_read(b, plus, VALUE_DURATION, &added) && good;
    if (!kind) {
        if (good || node->count == 0) {
            finding(b->diags, CODE_E208, node->span, "the kind of distribution is missing");
            finding_hint(b->diags, "the kinds are: %s",
                         list_families(names, sizeof names, use.patience));
        }
        return NULL;
    }
    use.share = NULL;
    struct dist *d = of_family(b, kind, dist_family_find(kind->key), use);
    if (!d || !good) {
        b->no_memory = b->no_memory || b->arena->failed;
        return NULL;
    }
    d->plus = added;
    return d;
}

void read_distribution(struct binder *b, const struct key_row *row, const struct node *node,
                       void *target)
{
    struct dist_use use = {.patience = (row->flags & KEY_PATIENCE) != 0,
                           .bare = (row->flags & KEY_BARE) != 0};
    *(const struct dist **)target = dist_read(b, node, use);
}

/* True if a map gives handling in parts. */
static bool in_parts(const struct node *node)
{
    return node->kind == NODE_MAP &&
           (node_get(node, "talk") || node_get(node, "hold") || node_get(node, "wrap_up"));
}

void read_handling(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    struct spec_queue *queue = target;
    struct dist_use use = {.patience = false};
    if (in_parts(node))
        section_read(b, row->path, node, queue);
    else
        queue->talk = dist_read(b, node, use);
}

void read_transfer_handling(struct binder *b, const struct key_row *row, const struct node *node,
                            void *target)
{
    struct spec_transfer *transfer = target;
    struct dist_use use = {.patience = false};
    transfer->has_handling = true;
    if (in_parts(node))
        section_read(b, row->path, node, transfer);
    else
        transfer->handling.talk = dist_read(b, node, use);
}
