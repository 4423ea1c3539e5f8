/* bind_compound.c - distributions made of other distributions, or of points.
 *
 * The one idea: whatever a maker could only call wrong as a whole is looked for here first, so that
 * a finding stands at the very point or share.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

void dist_nonsense(struct binder *b, struct span at, const char *wrong)
{
    if (!wrong) {
        b->no_memory = true;
        return;
    }
    finding(b->diags, CODE_E212, at, "%s", wrong);
}

/* The list of parts; NULL with findings. */
static struct dist **read_parts(struct binder *b, const struct node *node, struct dist_use use,
                                double *share, const char *form)
{
    size_t i = 0;
    bool good = true;
    if (!want_list(b, node, form))
        return NULL;
    if (node->count == 0) {
        finding(b->diags, CODE_E212, node->span, "this '%s' is empty", node->key);
        finding_hint(b->diags, "write  %s: %s", node->key, form);
        return NULL;
    }
    struct dist **part = arena_array(b->arena, node->count, sizeof(struct dist *));
    if (!part) {
        b->no_memory = true;
        return NULL;
    }
    use.bare = false;
    use.depth++;
    for (const struct node *item = node->first; item; item = item->next, i++) {
        use.share = share ? &share[i] : NULL;
        part[i] = dist_read(b, item, use);
        good = good && part[i];
    }
    return good ? part : NULL;
}

static struct dist *mixture(struct binder *b, const struct node *node, struct dist_use use)
{
    double sum = 0;
    char text[48];
    const char *wrong = NULL, *form = dist_family_find("mixture")->form;
    double *share = arena_array(b->arena, node->count + 1, sizeof *share);
    if (!share) {
        b->no_memory = true;
        return NULL;
    }
    struct dist **part = read_parts(b, node, use, share, form);
    if (!part)
        return NULL;
    for (size_t i = 0; i < node->count; i++)
        sum += share[i];
    if (fabs(sum - 1) > 1e-9) {
        finding(b->diags, CODE_E212, node->span, "the shares sum to %s, not to 100%%",
                words_for(text, VALUE_SHARE, sum));
        return NULL;
    }
    struct dist *d = dist_mixture(b->arena, node->count, part, share, &wrong);
    if (!d)
        dist_nonsense(b, node->span, wrong);
    return d;
}

static struct dist *first_of(struct binder *b, const struct node *node, struct dist_use use)
{
    const char *wrong = NULL;
    struct dist **part = read_parts(b, node, use, NULL, dist_family_find("first_of")->form);
    if (!part)
        return NULL;
    struct dist *d = dist_first_of(b->arena, node->count, part, &wrong);
    if (!d)
        dist_nonsense(b, node->span, wrong);
    return d;
}

static struct dist *never(struct binder *b, const struct node *node, struct dist_use use)
{
    (void)use;
    const char *text = value_text(b, node, "true", "{never: true}");
    if (!text)
        return NULL;
    if (strcmp(text, "true") == 0)
        return dist_never(b->arena);
    finding(b->diags, CODE_E203, node->span, "'never' is written without a value");
    finding_hint(b->diags, "write  never  alone, or {never: true} in a list");
    return NULL;
}

static bool hung_up_point(struct binder *b, const struct node *point, double *t, double *share)
{
    struct problem problem = {"", ""};
    if (!unit_duration(point->key, t, &problem)) {
        value_problem(b, point->key_span, &problem);
        return false;
    }
    return value_read(b, point, VALUE_SHARE, share);
}

/* Finds which point is out of order or impossible; the maker would only say that one is. */
static bool hung_up_order(struct binder *b, const struct node *node, const double *t,
                          const double *share)
{
    const struct node *point = node->first;
    for (size_t i = 0; point; point = point->next, i++) {
        if (i > 0 && !(t[i] > t[i - 1])) {
            finding(b->diags, CODE_E212, point->key_span, "the times must rise");
            return false;
        }
        if (i > 0 && share[i] < share[i - 1]) {
            finding(b->diags, CODE_E212, point->span,
                    "the shares must not fall: who has hung up by %s has hung up by %s, too",
                    node->first->key, point->key);
            return false;
        }
        if (share[i] >= 1) {
            finding(b->diags, CODE_E212, point->span, "the share must stay below 100%%");
            finding_hint(b->diags, "if everyone has left by then, write 99%% or use another kind");
            return false;
        }
    }
    return true;
}

static struct dist *hung_up_by(struct binder *b, const struct node *node, struct dist_use use)
{
    (void)use;
    bool good = true;
    size_t i = 0;
    const char *wrong = NULL;
    if (!want_map(b, node, dist_family_find("hung_up_by")->form))
        return NULL;
    double *t = arena_array(b->arena, node->count + 1, sizeof *t);
    double *share = arena_array(b->arena, node->count + 1, sizeof *share);
    if (!t || !share) {
        b->no_memory = true;
        return NULL;
    }
    for (const struct node *point = node->first; point; point = point->next, i++)
        good = hung_up_point(b, point, &t[i], &share[i]) && good;
    if (!good || !hung_up_order(b, node, t, share))
        return NULL;
    struct dist *d = dist_hung_up_by(b->arena, node->count, t, share, &wrong);
    if (!d) {
        dist_nonsense(b, node->span, wrong);
        if (wrong)
            finding_hint(b->diags, "it is written  hung_up_by: %s",
                         dist_family_find("hung_up_by")->form);
    }
    return d;
}

static const double *empirical_list(struct binder *b, const struct node *values)
{
    bool good = true;
    size_t i = 0;
    if (!want_list(b, values, "[35 s, 80 s, 2 min]"))
        return NULL;
    double *x = arena_array(b->arena, values->count + 1, sizeof *x);
    if (!x) {
        b->no_memory = true;
        return NULL;
    }
    for (const struct node *item = values->first; item; item = item->next)
        good = value_read(b, item, VALUE_DURATION, &x[i++]) && good;
    return good ? x : NULL;
}

static const double *empirical_table(struct binder *b, const struct node *csv,
                                     const struct node *column, size_t *n)
{
    struct csv_want want = {false, false, SPEC_MAX_DURATION, "a time in seconds"};
    struct csv_table *table = table_read(b, csv);
    long found = table ? table_column(b, table, column) : -1;
    if (found < 0)
        return NULL;
    *n = table->rows;
    return table_numbers(b, table, (size_t)found, want, 1, column);
}

static struct dist *empirical(struct binder *b, const struct node *node, struct dist_use use)
{
    static const char *const keys[] = {"values", "csv", "column"};
    const char *wrong = NULL, *form = dist_family_find("empirical")->form;
    (void)use;
    if (!want_map(b, node, form))
        return NULL;
    for (const struct node *child = node->first; child; child = child->next) {
        if (strcmp(child->key, keys[0]) == 0 || strcmp(child->key, keys[1]) == 0 ||
            strcmp(child->key, keys[2]) == 0)
            continue;
        const char *near = nearest(child->key, keys, 3);
        finding(b->diags, CODE_E201, child->key_span, "'empirical' has no '%s'", child->key);
        if (near)
            finding_hint(b->diags, "did you mean '%s'?", near);
        return NULL;
    }
    const struct node *values = node_get(node, "values"), *csv = node_get(node, "csv");
    const struct node *column = node_get(node, "column");
    if ((values != NULL) == (csv != NULL) || (csv != NULL) != (column != NULL)) {
        finding(b->diags, CODE_E208, node->key_span,
                "'empirical' takes either values, or csv and column");
        finding_hint(b->diags, "write {csv: log.csv, column: talk_s} (in seconds) or "
                               "{values: [35 s, 80 s, 2 min]}");
        return NULL;
    }
    size_t n = values ? values->count : 0;
    const double *x = values ? empirical_list(b, values) : empirical_table(b, csv, column, &n);
    if (!x)
        return NULL;
    struct dist *d = dist_empirical(b->arena, n, x, &wrong);
    if (!d)
        dist_nonsense(b, node->span, wrong);
    return d;
}

compound_fn *compound_reader(const char *family)
{
    static const struct {
        const char *name;
        compound_fn *read;
    } readers[] = {{"mixture", mixture},
                   {"first_of", first_of},
                   {"never", never},
                   {"hung_up_by", hung_up_by},
                   {"empirical", empirical}};
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (strcmp(readers[i].name, family) == 0)
            return readers[i].read;
    return NULL;
}
