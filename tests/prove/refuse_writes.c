/*
 * Loaded before the C library, this makes the disk refuse: the n-th write, sync or cut of a file below one folder
 * fails with an error of choice, once or from then on, after writing half of what it was given where that is asked for.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[1024];
static char kind;
static long at, counted;
static int error_number, for_good, by_halves;

void refuse(const char *where, char what, long which, int error, int stays, int halves)
{
    strncpy(folder, where, sizeof folder - 1);
    kind = what;
    at = which;
    counted = 0;
    error_number = error;
    for_good = stays;
    by_halves = halves;
}

long count(void)
{
    return counted;
}

static int is_refused(char what, int file)
{
    char link[64], path[2048];
    if (kind != what)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) || strstr(path, "-shm"))
        return 0;
    counted++;
    return for_good ? counted >= at : counted == at;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = dlsym(RTLD_NEXT, name)

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t where)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    if (is_refused('w', file)) {
        if (by_halves && length > 1)
            real(file, bytes, length / 2, where);
        errno = error_number;
        return -1;
    }
    return real(file, bytes, length, where);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t where)
{
    return pwrite64(file, bytes, length, where);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    if (is_refused('w', file)) {
        if (by_halves && length > 1)
            real(file, bytes, length / 2);
        errno = error_number;
        return -1;
    }
    return real(file, bytes, length);
}

ssize_t sendfile64(int to, int from, off_t *where, size_t length)
{
    REAL(ssize_t, "sendfile64", int, int, off_t *, size_t);
    if (is_refused('w', to)) {
        errno = error_number;
        return -1;
    }
    return real(to, from, where, length);
}

ssize_t sendfile(int to, int from, off_t *where, size_t length)
{
    return sendfile64(to, from, where, length);
}

int fsync(int file)
{
    REAL(int, "fsync", int);
    if (is_refused('s', file)) {
        errno = error_number;
        return -1;
    }
    return real(file);
}

int fdatasync(int file)
{
    REAL(int, "fdatasync", int);
    if (is_refused('s', file)) {
        errno = error_number;
        return -1;
    }
    return real(file);
}

int ftruncate64(int file, off_t size)
{
    REAL(int, "ftruncate64", int, off_t);
    if (is_refused('t', file)) {
        errno = error_number;
        return -1;
    }
    return real(file, size);
}

int ftruncate(int file, off_t size)
{
    return ftruncate64(file, size);
}
