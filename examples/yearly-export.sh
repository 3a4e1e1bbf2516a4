#!/bin/sh
# Xuất mọi bảng tổng hợp của một năm học ra CSV, vào một thư mục ghi ngày hôm nay.
# Writes every summary of one school year as CSV into a folder named after today's date.
#
#   examples/yearly-export.sh 2016-2017 [THƯ_MỤC] [tuỳ chọn của ttht summary]
#   examples/yearly-export.sh 2016-2017 bang --profile excel-vi     # cho Excel / for Excel
#
# Chạy trong thư mục của sổ, hoặc đặt TTHT_REGISTER. Sổ có lỗi thì dừng, không ghi gì.
# Run it in the folder of the register, or set TTHT_REGISTER. If the data have faults, it stops and writes nothing.
set -eu

# say VIỆT ENGLISH: lời nhắn theo ngôn ngữ của ttht (TTHT_LANG)
say() {
    if [ "${TTHT_LANG:-vi}" = en ]; then echo "$2" >&2; else echo "$1" >&2; fi
}

if [ $# -lt 1 ]; then
    say "cách dùng: yearly-export.sh NĂM_HỌC [THƯ_MỤC] [TUỲ CHỌN…], ví dụ: yearly-export.sh 2016-2017" \
        "usage: yearly-export.sh SCHOOL_YEAR [DIR] [OPTIONS…], such as: yearly-export.sh 2016-2017"
    exit 2
fi
year=$1
shift
out="tong-hop-$year-$(date +%Y-%m-%d)"
if [ $# -gt 0 ]; then
    out=$1
    shift
fi
if [ -e "$out" ]; then
    say "đã có “$out”; xoá hoặc chọn thư mục khác" "“$out” exists; delete it or choose another folder"
    exit 2
fi

status=0
ttht check --format concise || status=$?
if [ "$status" -ne 0 ]; then
    say "sổ có lỗi nên chưa xuất gì; sửa các dòng trên rồi chạy lại" \
        "the register has faults, so nothing was written; correct the lines above and run it again"
    exit "$status"
fi

# Written beside its place first, so that half a folder is never seen.
part="$out.part"
rm -rf "$part"
mkdir -p "$part"
for table in progress activity activity-fields context organisation finance promotion titles targets literacy rating followup register; do
    ttht summary "$table" --year "$year" -O csv -o "$part/$table.csv" "$@"
done
mv "$part" "$out"
echo "$out"
