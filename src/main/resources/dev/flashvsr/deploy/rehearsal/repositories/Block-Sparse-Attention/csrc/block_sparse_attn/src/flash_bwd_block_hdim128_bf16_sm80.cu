// Stand-in in a rehearsal: one translation unit a kernel, as the real build has.
#include "kernel.h"

int flash_bwd_block_hdim128_bf16() { return run_kernel<128, -1>("flash_bwd_block_hdim128_bf16"); }
