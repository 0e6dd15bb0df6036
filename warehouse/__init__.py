"""The PostgreSQL schema: tables, migrations, engines and the metric query."""
