/* sample.c - registries and inquiries of tests */
#include "sample.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"programmes.csv", "mentors.csv", "sites.csv",
                                    "masterclasses.csv"};
static char folder[64];
static char path[128];

static void begin(void)
{
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/marshrut-route-XXXXXX");
        cr_assert(mkdtemp(folder) != NULL);
    }
}

const char *sample_file(const char *name, const char *text)
{
    begin();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file != NULL && fwrite(text, 1, strlen(text), file) == strlen(text));
    fclose(file);
    return path;
}

const char *sample_folder(void)
{
    begin();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        if (access(path, F_OK) != 0) {
            sample_file(files[i], SAMPLE_HEAD);
        }
    }
    return folder;
}

void sample_remove(void)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
    folder[0] = '\0';
}

static void write_rows(const char *name, const char *rows)
{
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, SAMPLE_HEAD);
    buffer_text(&text, rows != NULL ? rows : "");
    buffer_append(&text, "", 1);
    sample_file(name, (const char *)text.data);
    buffer_fini(&text);
}

void sample_registry(struct registry *registry, const char *programmes, const char *mentors,
                     const char *sites, const char *masterclasses)
{
    struct error err = ERROR_INIT;

    write_rows(files[KIND_PROGRAMME], programmes);
    write_rows(files[KIND_MENTOR], mentors);
    write_rows(files[KIND_SITE], sites);
    write_rows(files[KIND_MASTERCLASS], masterclasses);
    cr_assert(registry_read(sample_folder(), registry, &err), "%s:%d: %s", err.file, err.line,
              err.text);
    sample_remove();
}

void sample_inquiry(struct inquiry *inquiry, const char *text)
{
    struct error err = ERROR_INIT;
    char *copy = strdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    cr_assert(inquiry_read(bytes_of(copy), inquiry, &err), "%s", err.text);
    free(copy);
}
