"""Registers the tables of an export in a Spark session, and prices claim lines by price_lines.sql (docs/spark.md)."""

from pathlib import Path

HERE = Path(__file__).parent
RULES = [
    "payment_terms_day", "place_of_service", "modifier_rule", "known_modifier", "computed_tomography", "multiple_procedure_rule", "practitioner_rule",
    "anesthesia_modifier_rule", "anesthesia_base_units", "coinsurance_rule", "schedule_rule", "payment_rule", "status_payment",
]
TABLES = {"rate": "rate", "rvu": "pfs/rvu", "asp": "asp/asp", "zip_locality": "zip_locality", "release_calendar": "release_calendar"}


def register(spark, fees):
    """Makes a view of each table of the export whose folder is `fees`, such as fees/current or s3a://bucket/fees."""
    # Factors are multiplied exactly: Spark would else round what takes more than 38 digits.
    spark.conf.set("spark.sql.decimalOperations.allowPrecisionLoss", "false")
    for view, folder in {**TABLES, **{rule: f"rules/{rule}" for rule in RULES}}.items():
        spark.read.parquet(f"{fees}/{folder}").createOrReplaceTempView(view)


# Marks views that several others read: each is computed once, and kept as Parquet.
KEPT = "/* kept */ "


def price(spark, scratch):
    """The priced lines of the view claim_line. What is read more than once goes to files below `scratch`."""
    for statement in (HERE / "price_lines.sql").read_text().split(";\n"):
        if not statement.strip():
            continue
        spark.sql(statement)
        if KEPT in statement:
            view = statement.split(KEPT)[1].split()[0]
            spark.table(view).write.mode("error").parquet(f"{scratch}/{view}")
            spark.read.parquet(f"{scratch}/{view}").createOrReplaceTempView(view)
    return spark.table("priced_line")
