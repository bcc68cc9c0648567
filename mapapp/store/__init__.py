"""The database: tables, migrations, and the domain's own types in and out."""
