#!/bin/bash
# A stand-in for nvidia-smi beside libcuda-standin.c: an A100 whose figures come from the file that it writes.
# CUDA_STANDIN: as there; "neighbour": busy at rest; "busy": a process of this box works on it.
case $1 in
  --query-compute-apps=*)
    [[ $CUDA_STANDIN != busy ]] || echo '4711, python3'
    exit 0
    ;;
  --query-gpu=*clocks_event_reasons*) # an older driver
    echo 'Field "clocks_event_reasons.active" is not a valid field to query.'
    exit 2
    ;;
esac
clock=210 heat=31 power=52 load=0 mask=0x0000000000000001 gen=1 limit=400
read -r uptime _ </proc/uptime
until=0 seen=()
[[ ! -s $CUDA_STANDIN_STATE ]] || read -r -a seen <"$CUDA_STANDIN_STATE"
((${#seen[@]} < 4)) || until=${seen[3]}
if ((${uptime/./} < until)); then
  clock=${seen[0]} heat=${seen[1]} power=${seen[2]}
  load=100 mask=0x0000000000000000 gen=4
  case $CUDA_STANDIN in
    heat) ((heat < 80)) || mask=0x0000000000000020 ;;
    power) mask=0x0000000000000004 ;;
  esac
fi
[[ $CUDA_STANDIN != power ]] || limit=240
[[ $CUDA_STANDIN != neighbour ]] || load=87
fields=${1#--query-gpu=}
line=
for field in ${fields//,/ }; do
  case $field in
    utilization.gpu) value=$load ;;
    clocks.current.sm) value=$clock ;;
    clocks.max.sm) value=1410 ;;
    temperature.gpu) value=$heat ;;
    power.draw) value=$power.10 ;;
    enforced.power.limit) value=$limit.00 ;;
    memory.used) value=4 ;;
    pcie.link.gen.current) value=$gen ;;
    pcie.link.width.current) value=16 ;;
    *) value=$mask ;;
  esac
  line+=", $value"
done
echo "${line#, }"
