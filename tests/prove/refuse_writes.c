/*
 * Loaded before the C library, this makes the disk refuse: the n-th write, sync or cut of a file below one folder, or
 * the n-th file or folder made, named or removed there, fails with an error of choice, once or from then on, after
 * writing half of what it was given where that is asked for.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
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

static int is_below(const char *path)
{
    return !strncmp(path, folder, strlen(folder));
}

static int comes(void)
{
    counted++;
    return for_good ? counted >= at : counted == at;
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
    if (!is_below(path) || strstr(path, "-shm"))
        return 0;
    return comes();
}

/* What is refused is a change of the folder: a file made that is not there yet, one named or removed that is. */
static int is_name_refused(char what, int at_folder, const char *path)
{
    char whole[PATH_MAX], link[64], begin[2048];
    if (kind != what)
        return 0;
    if (path[0] != '/' && at_folder != AT_FDCWD) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at_folder);
        ssize_t length = readlink(link, begin, sizeof begin - 1);
        if (length <= 0)
            return 0;
        begin[length] = 0;
        if (snprintf(whole, sizeof whole, "%s/%s", begin, path) >= (int)sizeof whole)
            return 0;
        path = whole;
    }
    if (!is_below(path) || (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0) == (what == 'c'))
        return 0;
    return comes();
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

#define WITH_MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int openat64(int at_folder, const char *path, int flags, ...)
{
    WITH_MODE(flags)
    REAL(int, "openat64", int, const char *, int, ...);
    if ((flags & O_CREAT) && is_name_refused('c', at_folder, path)) {
        errno = error_number;
        return -1;
    }
    return real(at_folder, path, flags, mode);
}

int openat(int at_folder, const char *path, int flags, ...)
{
    WITH_MODE(flags)
    return openat64(at_folder, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    WITH_MODE(flags)
    return openat64(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    WITH_MODE(flags)
    return openat64(AT_FDCWD, path, flags, mode);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    if (is_name_refused('c', AT_FDCWD, path)) {
        errno = error_number;
        return -1;
    }
    return real(path, mode);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    if (is_name_refused('n', from_folder, from)) {
        errno = error_number;
        return -1;
    }
    return real(from_folder, from, to_folder, to);
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlinkat(int at_folder, const char *path, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    if (is_name_refused('u', at_folder, path)) {
        errno = error_number;
        return -1;
    }
    return real(at_folder, path, flags);
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}
