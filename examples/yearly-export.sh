#!/bin/sh
# Mọi bảng tổng hợp của một năm học, ra CSV / Every summary of a school year, as CSV: yearly-export.sh 2016-2017 [THƯ_MỤC]
ttht check --format concise || exit
ttht summary all --year "${1:?2016-2017}" -O csv -o "${2:-tong-hop-$1}"
