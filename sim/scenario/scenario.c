/* scenario.c - a scenario: loaded with what it extends, changed by paths, copied, freed.
 *
 * The one idea: all files and settings become one tree whose nodes still know where they were
 * written, so nothing that comes later needs to know about files.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/read_file.h"
#include "../base/sha256.h"
#include "bind.h"
#include "scenario_tree.h"

enum { EXTENDS_MAX = 16 };

/* ---- texts and paths ---- */

/* The part of a path up to its last "/", or "". */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return arena_strndup(arena, path, slash ? (size_t)(slash - path) + 1 : 0);
}

static const struct text_read *remember(oh_scenario *s, const struct source *source,
                                        const char *folder)
{
    struct text_read *text = arena_alloc(&s->arena, sizeof *text);
    if (!text || !source || !folder)
        return NULL;
    *text = (struct text_read){source, folder, s->texts};
    s->texts = text;
    return text;
}

const char *scenario_path(const struct oh_scenario *scenario, const struct source *source,
                          struct arena *arena, const char *path)
{
    const char *folder = "";
    for (const struct text_read *t = scenario->texts; t; t = t->next)
        if (t->source == source)
            folder = t->folder;
    if (path[0] == '/')
        return arena_strdup(arena, path);
    /* "-" is standard input only on the command line. */
    return arena_printf(arena, "%s%s%s", folder, strcmp(path, "-") == 0 ? "./" : "", path);
}

/* ---- reading files ---- */

/* A file on the way from the first one to what is extended. */
struct extending {
    const struct source *source;
    dev_t device;
    ino_t inode;
    bool on_disk;
    size_t depth;
    const struct extending *from;
};

static struct node *read_tree(oh_scenario *s, const struct source *source,
                              const struct extending *from, oh_diags *diags);

static const struct extending *find_same(const struct extending *chain, const char *path)
{
    struct stat now;
    bool on_disk = stat(path, &now) == 0;
    for (; chain; chain = chain->from)
        if (on_disk && chain->on_disk ? chain->device == now.st_dev && chain->inode == now.st_ino
                                      : strcmp(chain->source->name, path) == 0)
            return chain;
    return NULL;
}

static bool circle(const struct extending *chain, const struct node *extends, const char *path,
                   oh_diags *diags)
{
    const struct extending *same = find_same(chain, path);
    if (!same && chain->depth < EXTENDS_MAX)
        return false;
    if (same) {
        struct span start = {same->source, 1, 1, 0, 0};
        finding(diags, CODE_E111, extends->span, "this file extends itself%s",
                same == chain ? "" : ", through others");
        if (same != chain)
            finding_note(diags, start, "the circle closes with this file");
    } else {
        finding(diags, CODE_E111, extends->span, "more than %d files extend each other",
                EXTENDS_MAX);
    }
    return true;
}

/* The tree of the file that `extends` names; NULL with a finding. */
static struct node *read_base(oh_scenario *s, const struct node *extends,
                              const struct extending *chain, oh_diags *diags)
{
    struct source *source = NULL;
    struct problem problem = {"", ""};
    if (table_files_sealed(s->tables)) {
        finding(diags, CODE_E205, extends->span, "a scenario that was saved extends no other");
        return NULL;
    }
    if (extends->kind != NODE_SCALAR || !extends->text[0]) {
        finding(diags, CODE_E205, extends->span, "'extends' takes the name of one file");
        finding_hint(diags, "write, for example,  extends: base.yaml");
        return NULL;
    }
    const char *path = scenario_path(s, chain->source, &s->arena, extends->text);
    if (!path || circle(chain, extends, path, diags))
        return NULL;
    enum read_outcome outcome = read_file(&s->arena, path, READ_LIMIT_SCENARIO, &source);
    int error = errno;
    if (outcome == READ_NO_MEMORY)
        return NULL;
    if (outcome != READ_OK) {
        enum code code = read_problem(outcome, READ_LIMIT_SCENARIO, error, &problem);
        finding(diags, code, extends->span, "%s: %s", path, problem.message);
        if (problem.hint[0])
            finding_hint(diags, "%s", problem.hint);
        return NULL;
    }
    if (!remember(s, source, folder_of(&s->arena, path)))
        return NULL;
    struct node *base = read_tree(s, source, chain, diags);
    if (!base)
        finding_note(diags, extends->span, "the file is extended here");
    return base;
}

/* A file of another version is not looked at any further: all of it may mean something else. */
static bool version_is_known(const struct node *root, oh_diags *diags)
{
    const struct node *version = node_get(root, "onhold");
    if (!version || version->kind != NODE_SCALAR || version->bad || node_is_null(version) ||
        strcmp(version->text, "1") == 0)
        return true;
    finding(diags, CODE_E222, version->span, "version '%s' of the format is not known",
            version->text);
    finding_hint(diags, "this onhold (%s) reads version 1:  onhold: 1", OH_VERSION);
    return false;
}

static void warn_comments(const struct node *root, oh_diags *diags)
{
    static const char *const texts[] = {"name", "about"};
    for (size_t i = 0; i < 2; i++) {
        const struct node *text = node_get(root, texts[i]);
        if (text && text->kind == NODE_SCALAR)
            node_warn_comment(text, diags);
    }
}

/* The tree of a text, with what it extends beneath it. */
static struct node *read_tree(oh_scenario *s, const struct source *source,
                              const struct extending *from, oh_diags *diags)
{
    struct stat file;
    struct extending here = {.source = source, .from = from, .depth = from ? from->depth + 1 : 1};
    struct node *root = node_read(&s->arena, source, "a scenario begins with \"onhold: 1\"", diags);
    if (!root)
        return NULL;
    if (root->kind != NODE_MAP) {
        finding(diags, CODE_E205, root->span, "a scenario file is a map of keys and values");
        finding_hint(diags, "it begins with  onhold: 1");
        return NULL;
    }
    if (!version_is_known(root, diags))
        return NULL;
    warn_comments(root, diags);
    struct node *extends = node_get(root, "extends");
    if (!extends || extends->bad || node_is_null(extends))
        return root;
    if (stat(source->name, &file) == 0) {
        here.on_disk = true;
        here.device = file.st_dev;
        here.inode = file.st_ino;
    }
    tree_remove(root, extends);
    struct node *base = read_base(s, extends, &here, diags);
    return base ? tree_merge(&s->arena, base, root, "", diags) : NULL;
}

static oh_status verdict(const oh_scenario *s, const oh_diags *diags, size_t errors_before)
{
    if (s->arena.failed || findings_failed(diags))
        return OH_NO_MEMORY;
    return oh_diags_errors(diags) > errors_before ? OH_INVALID : OH_OK;
}

/* ---- the public interface ---- */

static oh_scenario *scenario_new(void)
{
    oh_scenario *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    arena_init(&s->arena);
    s->tables = table_files_new();
    if (s->tables)
        return s;
    free(s);
    return NULL;
}

void oh_scenario_free(oh_scenario *scenario)
{
    if (!scenario)
        return;
    arena_free(&scenario->arena);
    table_files_free(scenario->tables);
    free(scenario);
}

/* What else is wrong in a file that has errors already: all of them are told in one run. */
static void find_the_rest(oh_scenario *s, oh_diags *diags)
{
    struct spec *spec;
    struct arena arena;
    arena_init(&arena);
    if (spec_bind(&spec, s, &arena, diags) == OH_NO_MEMORY)
        s->arena.failed = true;
    arena_free(&arena);
}

/* Takes over s: gives it out or frees it. */
static oh_status load_source(oh_scenario **out, oh_scenario *s, const struct source *source,
                             oh_diags *diags)
{
    size_t before = oh_diags_errors(diags);
    s->file = source->name;
    sha256_of(source->text, source->length, s->sha256);
    if (remember(s, source, folder_of(&s->arena, source->name)))
        s->root = read_tree(s, source, NULL, diags);
    if (s->root)
        tree_strip(s->root, diags);
    oh_status status = verdict(s, diags, before);
    if (status == OH_INVALID && s->root) {
        find_the_rest(s, diags);
        status = verdict(s, diags, before);
    }
    if (status != OH_OK) {
        oh_scenario_free(s);
        return status;
    }
    *out = s;
    return OH_OK;
}

oh_status oh_scenario_load(oh_scenario **out, const char *file, oh_diags *diags)
{
    struct source *source = NULL;
    struct problem problem = {"", ""};
    *out = NULL;
    oh_scenario *s = scenario_new();
    if (!s)
        return OH_NO_MEMORY;
    enum read_outcome outcome = read_file(&s->arena, file, READ_LIMIT_SCENARIO, &source);
    int error = errno;
    if (outcome == READ_OK)
        return load_source(out, s, source, diags);
    oh_scenario_free(s);
    if (outcome == READ_NO_MEMORY)
        return OH_NO_MEMORY;
    struct source named = {file, "", 0};
    struct span whole = {&named, 0, 0, 0, 0};
    enum code code = read_problem(outcome, READ_LIMIT_SCENARIO, error, &problem);
    finding(diags, code, whole, "%s", problem.message);
    if (problem.hint[0])
        finding_hint(diags, "%s", problem.hint);
    return findings_failed(diags) ? OH_NO_MEMORY : OH_INVALID;
}

oh_status oh_scenario_load_text(oh_scenario **out, const char *name, const char *text,
                                size_t length, oh_diags *diags)
{
    return scenario_load_with(out, name, text, length, table_files_new(), diags);
}

oh_status scenario_load_with(oh_scenario **out, const char *name, const char *text, size_t length,
                             struct table_files *tables, oh_diags *diags)
{
    *out = NULL;
    oh_scenario *s = tables ? scenario_new() : NULL;
    if (!s) {
        table_files_free(tables);
        return OH_NO_MEMORY;
    }
    table_files_free(s->tables);
    s->tables = tables;
    struct source *source = source_new(&s->arena, name, text, length);
    if (!source) {
        oh_scenario_free(s);
        return OH_NO_MEMORY;
    }
    return load_source(out, s, source, diags);
}

/* ---- settings ---- */

static bool note_setting(oh_scenario *s, const char *text)
{
    struct setting *setting = arena_alloc(&s->arena, sizeof *setting);
    if (!setting || !text)
        return false;
    *setting = (struct setting){text, NULL};
    if (s->last_setting)
        s->last_setting->next = setting;
    else
        s->first_setting = setting;
    s->last_setting = setting;
    s->settings++;
    return true;
}

/* The folder of the file itself, for paths in settings. */
static const char *own_folder(const oh_scenario *s)
{
    const struct text_read *last = s->texts;
    while (last->next)
        last = last->next;
    return last->folder;
}

oh_status scenario_set_as(oh_scenario *scenario, const char *option, const char *path,
                          const char *value, oh_diags *diags)
{
    struct arena *arena = &scenario->arena;
    size_t before = oh_diags_errors(diags), length = strlen(path);
    const char *text = arena_printf(arena, "%s=%s", path, value);
    struct source *source = text ? source_new(arena, option, text, strlen(text)) : NULL;
    if (!source || !remember(scenario, source, own_folder(scenario)))
        return OH_NO_MEMORY;
    struct node *node = node_read_value(arena, source, length + 1, diags);
    if (arena->failed || findings_failed(diags))
        return OH_NO_MEMORY;
    if (!node || oh_diags_errors(diags) > before)
        return OH_INVALID;
    unsigned columns = 1;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)path[i] & 0xC0) != 0x80;
    struct span at = {source, 1, 1, 1, columns};
    struct node *root = node_copy(arena, scenario->root);
    if (!root)
        return OH_NO_MEMORY;
    oh_status status = override_apply(arena, root, path, at, node, diags);
    if (status == OH_OK)
        tree_strip(root, diags);
    if (status == OH_OK)
        status = verdict(scenario, diags, before);
    if (status == OH_OK && !note_setting(scenario, text))
        status = OH_NO_MEMORY;
    if (status == OH_OK) {
        scenario->root = root;
        scenario->sound = false;
    }
    return status;
}

oh_status oh_scenario_set(oh_scenario *scenario, const char *path, const char *value,
                          oh_diags *diags)
{
    return scenario_set_as(scenario, "--set", path, value, diags);
}

static const struct node *variants_of(const oh_scenario *scenario)
{
    const struct node *variants = node_get(scenario->root, "variants");
    return variants && variants->kind == NODE_MAP ? variants : NULL;
}

size_t oh_scenario_variants(const oh_scenario *scenario)
{
    const struct node *variants = variants_of(scenario);
    return variants ? variants->count : 0;
}

const char *oh_scenario_variant_name(const oh_scenario *scenario, size_t i)
{
    const struct node *child = variants_of(scenario)->first;
    while (i-- > 0)
        child = child->next;
    return child->key;
}

bool oh_scenario_has_sweep(const oh_scenario *scenario)
{
    return node_get(scenario->root, "sweep") != NULL;
}

/* A scalar as YAML: in quotes if it was, or if it could be taken for something else. */
static const char *scalar_text(struct arena *arena, const struct node *node)
{
    size_t length = strlen(node->text), used = 0;
    if (!node->quoted && !strpbrk(node->text, ",[]{}#'\"\n"))
        return node->text;
    char *text = arena_alloc(arena, 2 * length + 3);
    if (!text)
        return NULL;
    text[used++] = '\'';
    for (const char *p = node->text; *p; p++) {
        text[used++] = *p;
        if (*p == '\'')
            text[used++] = '\'';
    }
    text[used] = '\'';
    return text;
}

/* A node as YAML on one line. */
const char *node_one_line(struct arena *arena, const struct node *node)
{
    const char *text = node->kind == NODE_LIST ? "[" : "{";
    if (node->kind == NODE_SCALAR)
        return scalar_text(arena, node);
    for (const struct node *c = node->first; c && text; c = c->next) {
        const char *inner = node_one_line(arena, c), *comma = c->next ? ", " : "";
        if (!inner)
            return NULL;
        if (node->kind == NODE_LIST)
            text = arena_printf(arena, "%s%s%s", text, inner, comma);
        else
            text = arena_printf(arena, "%s%s: %s%s", text, c->key, inner, comma);
    }
    return text ? arena_printf(arena, "%s%s", text, node->kind == NODE_LIST ? "]" : "}") : NULL;
}

oh_status oh_scenario_apply_variant(oh_scenario *scenario, const char *name, oh_diags *diags)
{
    struct arena *arena = &scenario->arena;
    const struct node *variants = variants_of(scenario);
    const struct node *variant = variants ? node_get(variants, name) : NULL;
    size_t before = oh_diags_errors(diags);
    if (!variant)
        return OH_ARGUMENT;
    struct node *root = node_copy(arena, scenario->root);
    if (!root)
        return OH_NO_MEMORY;
    oh_status status = override_variant(arena, root, variant, diags);
    if (status == OH_OK)
        tree_strip(root, diags);
    if (status == OH_OK)
        status = verdict(scenario, diags, before);
    for (const struct node *c = variant->first; c && status == OH_OK; c = c->next) {
        const char *value = node_one_line(arena, c);
        if (!value || !note_setting(scenario, arena_printf(arena, "%s=%s", c->key, value)))
            status = OH_NO_MEMORY;
    }
    if (status == OH_OK) {
        scenario->root = root;
        scenario->sound = false;
    }
    return status;
}

/* ---- copying ---- */

/* Points the spans of a copied tree at the copy's sources. */
static void move_spans(struct node *node, const oh_scenario *from, const oh_scenario *to)
{
    const struct text_read *old = from->texts, *new = to->texts;
    for (; old; old = old->next, new = new->next) {
        if (node->span.source == old->source)
            node->span.source = new->source;
        if (node->key_span.source == old->source)
            node->key_span.source = new->source;
    }
    for (struct node *c = node->first; c; c = c->next)
        move_spans(c, from, to);
}

static bool copy_texts(oh_scenario *to, const oh_scenario *from)
{
    struct text_read *last = NULL;
    for (const struct text_read *t = from->texts; t; t = t->next) {
        struct text_read *copy = arena_alloc(&to->arena, sizeof *copy);
        if (!copy)
            return false;
        copy->source = source_new(&to->arena, t->source->name, t->source->text, t->source->length);
        copy->folder = arena_strdup(&to->arena, t->folder);
        if (last)
            last->next = copy;
        else
            to->texts = copy;
        last = copy;
    }
    return !to->arena.failed;
}

oh_status oh_scenario_clone(oh_scenario **out, const oh_scenario *from)
{
    *out = NULL;
    oh_scenario *s = scenario_new();
    if (!s)
        return OH_NO_MEMORY;
    s->file = arena_strdup(&s->arena, from->file);
    memcpy(s->sha256, from->sha256, sizeof s->sha256);
    s->root = node_copy(&s->arena, from->root);
    bool good = s->file && s->root && copy_texts(s, from);
    for (const struct setting *set = from->first_setting; set && good; set = set->next)
        good = note_setting(s, arena_strdup(&s->arena, set->text));
    table_files_free(s->tables);
    s->tables = table_files_share(from->tables);
    s->sound = from->sound;
    if (!good || !s->tables) {
        oh_scenario_free(s);
        return OH_NO_MEMORY;
    }
    move_spans(s->root, from, s);
    *out = s;
    return OH_OK;
}

/* ---- looking ---- */

const char *oh_scenario_file(const oh_scenario *scenario)
{
    return scenario->file;
}

const char *oh_scenario_sha256(const oh_scenario *scenario)
{
    return scenario->sha256;
}

size_t oh_scenario_settings(const oh_scenario *scenario)
{
    return scenario->settings;
}

const char *oh_scenario_setting(const oh_scenario *scenario, size_t i)
{
    const struct setting *setting = scenario->first_setting;
    while (i-- > 0)
        setting = setting->next;
    return setting->text;
}
