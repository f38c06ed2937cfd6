/*
 * A disk that fails, preloaded into a till process. While the file named by FAIL_FLUSH is there, fsync and fdatasync of files whose names end in
 * ledger.db or ledger.db-wal report EIO; while that named by FULL_DISK is there, writes to them report ENOSPC.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int handle, const char *which) {
  const char *switch_file = getenv(which);
  char link[64], name[PATH_MAX];
  ssize_t length;
  const char *ends[] = {"/ledger.db", "/ledger.db-wal"};
  if (switch_file == NULL || access(switch_file, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = 0;
  for (int i = 0; i < 2; i++) {
    size_t end = strlen(ends[i]);
    if ((size_t)length >= end && strcmp(name + length - end, ends[i]) == 0) return 1;
  }
  return 0;
}

static int flush(int handle, const char *call) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
  if (fails(handle, "FAIL_FLUSH")) {
    errno = EIO;
    return -1;
  }
  return real(handle);
}

int fsync(int handle) { return flush(handle, "fsync"); }
int fdatasync(int handle) { return flush(handle, "fdatasync"); }

static int full(int handle) {
  if (!fails(handle, "FULL_DISK")) return 0;
  errno = ENOSPC;
  return 1;
}

ssize_t write(int handle, const void *bytes, size_t length) {
  ssize_t (*real)(int, const void *, size_t) = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  return full(handle) ? -1 : real(handle, bytes, length);
}

ssize_t pwrite(int handle, const void *bytes, size_t length, off_t at) {
  ssize_t (*real)(int, const void *, size_t, off_t) =
      (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
  return full(handle) ? -1 : real(handle, bytes, length, at);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off64_t at) {
  ssize_t (*real)(int, const void *, size_t, off64_t) =
      (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  return full(handle) ? -1 : real(handle, bytes, length, at);
}
