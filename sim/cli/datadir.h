/* datadir.h - where the files lie that belong to the program: the source tree's, or share/onhold.
 */
#ifndef ONHOLD_SIM_DATADIR_H
#define ONHOLD_SIM_DATADIR_H

/* The folder of that name ("plots", "scenarios/templates"), known by the file `holds` in it: beside
 * the program, or where `make install` put it. To be freed; NULL if out of memory. It may be
 * missing. */
char *data_folder(const char *name, const char *holds);

#endif
