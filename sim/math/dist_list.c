/* dist_list.c - the list of all distributions, in the order of documentation. A new family is a
 * file with a row like the others, and its name here and in dist_family.h. */
#include <onhold/registry.h>
#include <string.h>

#include "dist_family.h"

static const struct dist_family *const families[] = {
    &dist_constant_family, &dist_exponential_family, &dist_lognormal_family,
    &dist_gamma_family,    &dist_erlang_family,      &dist_weibull_family,
    &dist_uniform_family,  &dist_triangular_family,  &dist_hyperexponential_family,
    &dist_mixture_family,  &dist_empirical_family,   &dist_first_of_family,
    &dist_never_family,    &dist_hung_up_by_family,
};

size_t dist_family_count(void)
{
    return sizeof families / sizeof *families;
}

const struct dist_family *dist_family_at(size_t i)
{
    return families[i];
}

const struct dist_family *dist_family_find(const char *name)
{
    for (size_t i = 0; i < dist_family_count(); i++)
        if (strcmp(families[i]->name, name) == 0)
            return families[i];
    return NULL;
}

size_t oh_distribution_count(void)
{
    return dist_family_count();
}

oh_entry oh_distribution_at(size_t i)
{
    return (oh_entry){families[i]->name, families[i]->form, families[i]->about};
}
