// Stand-in for NVIDIA CUTLASS in a rehearsal: what the kernels of the stand-in build need, for the CPU.
#pragma once
#include <cstddef>

namespace cutlass {

/// Index of the tile that row `row` lies in.
template <std::size_t Tile>
constexpr std::size_t tile_of(std::size_t row) {
    return row / Tile;
}

}  // namespace cutlass
