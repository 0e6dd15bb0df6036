"""The PostgreSQL database: tables, migrations, engines, backups and the metric query."""
