// Stand-in in a rehearsal: one translation unit a kernel, as the real build has.
#include "kernel.h"

int flash_fwd_block_hdim64_bf16() { return run_kernel<64, 1>("flash_fwd_block_hdim64_bf16"); }
