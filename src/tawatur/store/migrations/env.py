"""What Alembic runs: the migrations, on the connection and in the transaction of the caller."""

from alembic import context

# Outside a migration (a tool that imports every module) there is no configuration and nothing to do.
if config := getattr(context, "config", None):
    context.configure(connection=config.attributes["connection"])
    context.run_migrations()
