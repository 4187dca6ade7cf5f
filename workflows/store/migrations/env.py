"""Runs the schema's revisions on the connection that it is given, within that connection's transaction."""

from alembic import context

from workflows.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    on_version_apply=lambda **_: context.config.attributes.get("after_step", lambda: None)(),
)
context.run_migrations()
