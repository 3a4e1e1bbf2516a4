@echo off
rem Every summary of a school year, as CSV / Mọi bảng tổng hợp của một năm học, ra CSV: yearly-export.cmd 2016-2017 [THƯ_MỤC]
ttht check --format concise
if errorlevel 1 exit /b 1
set to=%2
if "%to%"=="" set to=tong-hop-%1
ttht summary all --year %1 -O csv -o %to%
