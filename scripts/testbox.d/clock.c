/* A wall clock that is off by the seconds in a file of eight bytes: TESTBOX_CLOCK, or /etc/testbox/clock. Preloaded, it
 * follows the file at once and in every process. The clocks that measure how long something takes stay right, as they do
 * when somebody sets a clock. After its start it asks the kernel for nothing, so it also works in the sandbox of sshd. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <dlfcn.h>

static const volatile int64_t right;
static const volatile int64_t *ahead = &right;
static int (*true_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("TESTBOX_CLOCK");
  int file = open(path ? path : "/etc/testbox/clock", O_RDONLY | O_CLOEXEC);
  true_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  if (file >= 0) {
    void *map = mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
    if (map != MAP_FAILED && lseek(file, 0, SEEK_END) >= (off_t)sizeof *ahead) ahead = map;
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int status = true_clock ? true_clock(clock, now) : (int)syscall(SYS_clock_gettime, clock, now);
  if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *ahead;
  return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec exact;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME_COARSE, &exact);
  if (result) *result = exact.tv_sec;
  return exact.tv_sec;
}

int timespec_get(struct timespec *now, int base) {
  clock_gettime(CLOCK_REALTIME, now);
  return base;
}
