// Stand-in in a rehearsal: block-sparse products on the CPU, in place of the CUDA kernels.
#pragma once
#include <array>
#include <cstddef>
#include <map>
#include <sstream>  // with <map>, takes a compiler about as long as a rehearsal's step should
#include <string>

#include "cutlass/cutlass.h"

constexpr std::size_t kRows = 256;
constexpr std::size_t kBlock = 128;

/// Product of the kept blocks of q and k, each `Dim` wide; Step is the direction. 0 when all is as it should be.
template <std::size_t Dim, int Step>
int run_kernel(const char* name) {
    std::map<std::string, std::size_t> parts;
    std::istringstream text(name);
    for (std::string part; std::getline(text, part, '_');) {
        parts[part] = parts.size();
    }
    if (parts.count("hdim" + std::to_string(Dim)) != 1 || parts.count(Step > 0 ? "fwd" : "bwd") != 1) {
        return 1;
    }
    const std::array<bool, kRows / kBlock> keep = {true, false};
    std::size_t sum = 0;
    std::size_t expected = 0;
    for (std::size_t at = 0; at < kRows; ++at) {
        const std::size_t row = Step > 0 ? at : kRows - 1 - at;
        for (std::size_t column = 0; column < Dim; ++column) {
            const std::size_t product = (row + 1) * (column + 1);
            sum += keep[cutlass::tile_of<kBlock>(row)] ? product : 0;
            expected += row < kBlock ? product : 0;
        }
    }
    return sum == expected ? 0 : 2;
}
