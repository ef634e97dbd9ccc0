/* A stand-in for libcuda.so.1: no card, only times. It computes nothing and moves nothing; every piece of work is booked
   on a clock of its own, and waiting for an event waits for that clock.
   CUDA_STANDIN: steady, heat (the clock falls), power (a lowered limit), shared (stalls while the clock stays), refused
   (90 % of the memory is not given), broken (no context). CUDA_STANDIN_STATE: a file for the stand-in of
   nvidia-smi: "CLOCK TEMPERATURE POWER UNTIL", the last in hundredths of a second since the machine came up. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FREE ((size_t)80 << 30)

static double end_of_work; /* seconds on the monotonic clock */
static double first_work;
static long launches;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int is(const char *name) {
    const char *kind = getenv("CUDA_STANDIN");
    return kind != NULL && strcmp(kind, name) == 0;
}

static void book(double seconds) {
    double begin = now();
    if (end_of_work > begin)
        begin = end_of_work;
    end_of_work = begin + seconds;
}

/* The part of its highest clock that the card has after so long at work; it is at its hottest after half a second. */
static double clock_part(double worked) {
    double hot = worked / 0.5 > 1 ? 1 : worked / 0.5;
    return is("heat") ? 1 - 0.3 * hot : is("power") ? 0.7 : 1;
}

static void note(double worked) {
    const char *path = getenv("CUDA_STANDIN_STATE");
    double hot = worked / 0.5 > 1 ? 1 : worked / 0.5;
    char fresh[4096];
    FILE *file;
    snprintf(fresh, sizeof fresh, "%s.new", path == NULL ? "" : path);
    file = path == NULL ? NULL : fopen(fresh, "w");
    if (file != NULL) {
        fprintf(file, "%d %d %d %.0f\n", (int)(1410 * clock_part(worked)), (int)(50 + (is("heat") ? 40 : 5) * hot),
                is("power") ? 240 : 350, end_of_work * 100);
        fclose(file);
        rename(fresh, path);
    }
}

int cuInit(unsigned flags) { return 0; }
int cuDeviceGet(int *device, int index) { *device = index; return index == 0 ? 0 : 101; }
int cuDeviceGetPCIBusId(char *text, int size, int device) { snprintf(text, size, "0000:07:00.0"); return 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = attribute == 16 ? 108 : 0; return 0; }
int cuGetErrorName(int error, const char **name) {
    *name = error == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : error == 46 ? "CUDA_ERROR_DEVICE_UNAVAILABLE" : "CUDA_ERROR_UNKNOWN";
    return 0;
}
int cuCtxCreate_v2(void **context, unsigned flags, int device) { *context = &launches; return is("broken") ? 46 : 0; }
int cuMemGetInfo_v2(size_t *free, size_t *total) { *free = FREE; *total = FREE + ((size_t)1 << 29); return 0; }
int cuMemAlloc_v2(uint64_t *place, size_t size) {
    *place = 4096;
    return is("refused") && size > FREE / 2 ? 2 : 0;
}
int cuMemFree_v2(uint64_t place) { return 0; }
int cuMemHostAlloc(void **place, size_t size, unsigned flags) { *place = &launches; return 0; }
int cuModuleLoadData(void **module, const char *ptx) { *module = &launches; return strstr(ptx, ".entry burn") ? 0 : 218; }
int cuModuleGetFunction(void **function, void *module, const char *name) { *function = module; return strcmp(name, "burn") ? 500 : 0; }

/* 108 processors with 64 units at 1410 MHz: 19.5 TFLOP/s. */
int cuLaunchKernel(void *function, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned b, unsigned c,
                   unsigned shared, void *stream, void **arguments, void **extra) {
    double flops = 2.0 * 16 * 8 * threads * x * *(uint32_t *)arguments[1];
    double worked;
    if (launches++ == 0)
        first_work = now();
    worked = (end_of_work > now() ? end_of_work : now()) - first_work;
    book(flops / (19.4e12 * clock_part(worked)));
    /* Another tenant has the card for a while, again and again. */
    if (is("shared") && launches % 37 < 6)
        book(0.004);
    note(worked);
    return 0;
}

int cuEventCreate(void **event, unsigned flags) { *event = calloc(1, sizeof(double)); return 0; }
int cuEventRecord(void *event, void *stream) { book(0); *(double *)event = end_of_work; return 0; }
int cuEventSynchronize(void *event) {
    double left = *(double *)event - now();
    struct timespec time;
    if (left > 0) {
        time.tv_sec = (time_t)left;
        time.tv_nsec = (long)((left - (time_t)left) * 1e9);
        nanosleep(&time, NULL);
    }
    return 0;
}
int cuEventElapsedTime(float *milliseconds, void *one, void *other) {
    *milliseconds = (float)((*(double *)other - *(double *)one) * 1000);
    return 0;
}
int cuEventDestroy_v2(void *event) { free(event); return 0; }

int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t size, void *stream) { book(2.0 * size / 1700e9); return 0; }
int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t size, void *stream) { book(size / 24e9); return 0; }
int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t size, void *stream) { book(size / 25e9); return 0; }
