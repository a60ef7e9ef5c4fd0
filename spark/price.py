"""spark-submit price.py <folder of the export> <claim lines, Parquet> <new folder>: the answer is in its folder priced_line."""

import sys

from fees import price, register
from pyspark.sql import SparkSession

fees, lines, answer = sys.argv[1:4]
spark = SparkSession.builder.appName("cms-fees").getOrCreate()
register(spark, fees)
spark.read.parquet(lines).createOrReplaceTempView("claim_line")
price(spark, answer).write.mode("error").parquet(f"{answer}/priced_line")
spark.stop()
