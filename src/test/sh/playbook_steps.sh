#!/usr/bin/env bash
# Runs the steps of playbooks/flashvsr with real git, git-lfs, pip, ninja and g++. What would be large or needs a GPU is made small here: conda makes
# a venv, nvcc and nvidia-smi are scripts, torch and Block-Sparse-Attention small packages. Each part goes on with
# what those before it left.
# shellcheck disable=SC2154 # set by harness.sh
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=playbook/harness.sh
. "$here/playbook/harness.sh"
root=$work/root
declare -A vars
# shellcheck source-path=SCRIPTDIR source=playbook/steps/helpers.sh
. "$here/playbook/steps/helpers.sh"
start_server "$work/www"
for part in environment packages attention_build attention_wheel attention_proof attention_memory weights smoke; do
  # shellcheck source=/dev/null
  . "$here/playbook/steps/$part.sh"
done
finish
