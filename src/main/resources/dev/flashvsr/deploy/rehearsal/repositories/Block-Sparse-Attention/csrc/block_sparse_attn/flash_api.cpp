// Stand-in in a rehearsal: a real Python extension module that runs the stand-in kernels. A box may have no Python
// headers, so the few declarations of CPython's stable ABI that it needs are written out.
#include <cstddef>

extern "C" {
struct MethodDef {
    const char* name;
    void* (*function)(void*, void*);
    int flags;
    const char* doc;
};
struct ModuleDef {
    std::size_t references;
    void *type, *init;
    std::size_t index;
    void* copy;
    const char *name, *doc;
    std::ptrdiff_t size;
    MethodDef* methods;
    void *slots, *traverse, *clear, *free;
};
void* PyModule_Create2(ModuleDef*, int);
void* PyLong_FromLong(long);
}

int flash_fwd_block_hdim64_fp16();
int flash_fwd_block_hdim64_bf16();
int flash_fwd_block_hdim128_fp16();
int flash_fwd_block_hdim128_bf16();
int flash_bwd_block_hdim64_fp16();
int flash_bwd_block_hdim64_bf16();
int flash_bwd_block_hdim128_fp16();
int flash_bwd_block_hdim128_bf16();

static void* selftest(void*, void*) {
    int (*const kernels[])() = {
        flash_fwd_block_hdim64_fp16,  flash_fwd_block_hdim64_bf16,  flash_fwd_block_hdim128_fp16,
        flash_fwd_block_hdim128_bf16, flash_bwd_block_hdim64_fp16,  flash_bwd_block_hdim64_bf16,
        flash_bwd_block_hdim128_fp16, flash_bwd_block_hdim128_bf16,
    };
    long right = 0;
    for (auto kernel : kernels) {
        right += kernel() == 0;
    }
    return PyLong_FromLong(right);
}

constexpr int kNoArguments = 4;
constexpr int kAbi = 3;
static MethodDef methods[] = {{"selftest", selftest, kNoArguments, "Number of kernels that are right."}, {}};
static ModuleDef module = {1,       nullptr, nullptr, 0,       nullptr, "block_sparse_attn_cuda",
                           "Stand-in in a rehearsal.", -1, methods, nullptr, nullptr, nullptr, nullptr};

extern "C" __attribute__((visibility("default"))) void* PyInit_block_sparse_attn_cuda() {
    return PyModule_Create2(&module, kAbi);
}
