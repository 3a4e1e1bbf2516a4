"""Bảng của một hay nhiều sổ vào Spark, đúng kiểu từng cột / Exports of one or many registers in Spark, every column typed.

    spark-submit load_spark.py 'xuat/*'
"""

import glob
import json
import pathlib
import sys

from pyspark.sql import SparkSession

# Times stay words, such as 08:00:00: Spark would make them times of today.
TYPES = {"string": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date", "time": "string"}


def load(spark, folders):
    """Makes a view of each table over all folders that hold an export; returns their names."""
    folders = [str(pathlib.Path(file).parent) for file in sorted(glob.glob(f"{folders}/datapackage.json"))]
    tables = {}
    for folder in folders:
        for table in json.load(open(f"{folder}/datapackage.json", encoding="utf-8"))["resources"]:
            fields = table["schema"]["fields"]
            tables.setdefault(table["name"], []).append(", ".join(f"{f['name']} {TYPES[f['type']]}" for f in fields))
    for name, schemas in tables.items():
        if len(set(schemas)) > 1 or len(schemas) < len(folders):
            raise SystemExit(f"{name}: xuất lại mọi sổ bằng cùng một bản ttht / export every register by one version of ttht")
        paths = [f"{folder}/{name}.csv" for folder in folders]
        options = {"header": True, "schema": schemas[0], "enforceSchema": False, "mode": "FAILFAST"}
        spark.read.csv(paths, **options, multiLine=True, escape='"').createOrReplaceTempView(name)
    if spark.sql("select register from register group by register having count(*) > 1").count():
        raise SystemExit("hai thư mục là của cùng một sổ / two folders are of the same register")
    return list(tables)


if __name__ == "__main__":
    session = SparkSession.builder.getOrCreate()
    print(len(load(session, sys.argv[1])), "bảng / tables")
    session.sql("select register, count(*) as visits from visits group by register order by register").show(63)
