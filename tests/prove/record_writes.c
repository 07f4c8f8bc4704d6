/*
 * Loaded before the C library, this notes every change that a program makes below one folder, in order, so that a
 * power cut after any of them can be played back.
 *
 * RECORD_FOLDER says which folder, RECORD_LOG where the notes go. A note is one line, "what at length name", and then
 * `length` bytes. What: create, write, cut, sync, unlink, rename (its bytes are the new name), open-folder syncs as sync
 * of the folder. Shared memory (-shm) is not kept through a power cut and is left out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 4096

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char folder[1024];
static size_t folder_length;
static int notes = -1;
static char *name_of[MOST_FILES];

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void begin(void)
{
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    const char *where = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");
    if (where && log && strlen(where) < sizeof folder) {
        strcpy(folder, where);
        folder_length = strlen(folder);
        notes = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

static int is_ours(const char *path)
{
    size_t length = path ? strlen(path) : 0;
    return notes >= 0 && length >= folder_length && !strncmp(path, folder, folder_length)
        && (path[folder_length] == '/' || path[folder_length] == 0)
        && !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static const char *name(int file)
{
    return file >= 0 && file < MOST_FILES ? name_of[file] : NULL;
}

static void remember(int file, const char *path)
{
    if (file < 0 || file >= MOST_FILES)
        return;
    free(name_of[file]);
    name_of[file] = path ? strdup(path) : NULL;
}

static void note(const char *what, const char *path, off_t at, const void *bytes, size_t length)
{
    char *line = NULL;
    int head = asprintf(&line, "%s %lld %zu %s\n", what, (long long)at, length, path);
    char *whole = malloc(head + length);
    memcpy(whole, line, head);
    if (length)
        memcpy(whole + head, bytes, length);
    for (size_t done = 0; done < head + length;) {
        ssize_t wrote = real_write(notes, whole + done, head + length - done);
        if (wrote <= 0)
            abort();
        done += wrote;
    }
    free(whole);
    free(line);
}

static int open_any(const char *path, int flags, mode_t mode)
{
    if (!is_ours(path)) {
        int other = real_open(path, flags, mode);
        remember(other, NULL);
        return other;
    }
    pthread_mutex_lock(&one_at_a_time);
    int was_there = access(path, F_OK) == 0;
    int file = real_open(path, flags, mode);
    if (file >= 0) {
        remember(file, path);
        if (!was_there)
            note("create", path, 0, NULL, 0);
        else if (flags & O_TRUNC)
            note("cut", path, 0, NULL, 0);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return file;
}

static mode_t mode_in(int flags, va_list more)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_in(flags, more);
    va_end(more);
    return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_in(flags, more);
    va_end(more);
    return open_any(path, flags, mode);
}

int close(int file)
{
    if (file >= 0 && file == notes)
        return 0;
    remember(file, NULL);
    return real_close(file);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at)
{
    const char *path = name(file);
    if (!path)
        return real_pwrite(file, bytes, length, at);
    pthread_mutex_lock(&one_at_a_time);
    ssize_t wrote = real_pwrite(file, bytes, length, at);
    if (wrote > 0)
        note("write", path, at, bytes, wrote);
    pthread_mutex_unlock(&one_at_a_time);
    return wrote;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at)
{
    return pwrite64(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    const char *path = name(file);
    if (!path)
        return real_write(file, bytes, length);
    pthread_mutex_lock(&one_at_a_time);
    struct stat now;
    off_t at = lseek(file, 0, SEEK_CUR);
    if ((fcntl(file, F_GETFL) & O_APPEND) && !fstat(file, &now))
        at = now.st_size;
    ssize_t wrote = real_write(file, bytes, length);
    if (wrote > 0)
        note("write", path, at, bytes, wrote);
    pthread_mutex_unlock(&one_at_a_time);
    return wrote;
}

static int done_to(int result, int file, const char *what, off_t at)
{
    const char *path = name(file);
    if (!result && path) {
        pthread_mutex_lock(&one_at_a_time);
        note(what, path, at, NULL, 0);
        pthread_mutex_unlock(&one_at_a_time);
    }
    return result;
}

int ftruncate64(int file, off_t size)
{
    return done_to(real_ftruncate(file, size), file, "cut", size);
}

int ftruncate(int file, off_t size)
{
    return ftruncate64(file, size);
}

int fsync(int file)
{
    return done_to(real_fsync(file), file, "sync", 0);
}

int fdatasync(int file)
{
    return done_to(real_fdatasync(file), file, "sync", 0);
}

int unlink(const char *path)
{
    pthread_mutex_lock(&one_at_a_time);
    int result = real_unlink(path);
    if (!result && is_ours(path))
        note("unlink", path, 0, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return result;
}

int rename(const char *from, const char *to)
{
    pthread_mutex_lock(&one_at_a_time);
    int result = real_rename(from, to);
    if (!result && is_ours(from))
        note("rename", from, 0, to, strlen(to));
    pthread_mutex_unlock(&one_at_a_time);
    return result;
}
