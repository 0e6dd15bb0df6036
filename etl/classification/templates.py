"""Categories and keywords that come with the product, for desks that have none of their own."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from analytics.errors import SupportAnalyticsError
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from etl.classification.category_edits import Edit
from warehouse.tables.desk import categories, category_keywords, classifier_settings
from warehouse.tables.tickets import support_tickets

TEMPLATES: Final = ("bookshop",)


class UnknownTemplateError(SupportAnalyticsError):
    """There is no template of this name."""

    def __init__(self, name: str) -> None:
        """Quote the name, and list the templates there are."""
        super().__init__(f"There is no template {name!r}.", f"There is: {', '.join(TEMPLATES)}.")


def template_rules(name: str) -> RulesDocument:
    """Return the categories and keywords of a template.

    Raises:
        UnknownTemplateError: If there is no such template.
    """
    if name not in TEMPLATES:
        raise UnknownTemplateError(name)
    return default_rules()


def take_template(name: str) -> Edit:
    """Return the step that makes a template's categories and keywords the desk's own.

    What the desk has already stays as it is.

    Raises:
        UnknownTemplateError: If there is no such template.
    """
    rules = template_rules(name)
    listed = [
        {"slug": each.slug, "name": each.name, "description": each.description, "position": each.position}
        for each in rules.categories
    ]
    words = [
        {"category": each.category, "language": each.language, "phrase": each.phrase, "weight": each.weight}
        for each in rules.keywords
    ]

    def edit(connection: sa.Connection) -> None:
        connection.execute(insert(categories).on_conflict_do_nothing(), listed)
        connection.execute(insert(category_keywords).on_conflict_do_nothing(), words)

    return edit


def give_back_template(name: str) -> Edit:
    """Return the step that takes a template's categories away again, with what the classifier filed there.

    A category under which a person or an import has filed a ticket is the desk's own by now, and stays.

    Raises:
        UnknownTemplateError: If there is no such template.
    """
    slugs = [each.slug for each in template_rules(name).categories]
    columns = support_tickets.c

    def edit(connection: sa.Connection) -> None:
        own = sa.select(columns.category).where(
            columns.category.in_(slugs), columns.category_source.in_(("person", "imported"))
        )
        gone = sorted(set(slugs) - set(connection.scalars(own.distinct())))
        filed = sa.and_(columns.category.in_(gone), columns.category_source.in_(("rules", "model")))
        connection.execute(sa.update(support_tickets).where(filed).values(category=None))
        connection.execute(sa.delete(categories).where(categories.c.slug.in_(gone)))

    return edit


def want_template(connection: sa.Connection, name: str) -> None:
    """Let the next run of `publish_rules` take a template.

    Raises:
        UnknownTemplateError: If there is no such template.
    """
    template_rules(name)
    connection.execute(sa.update(classifier_settings).values(wanted_template=name))


def take_wanted_template(connection: sa.Connection) -> bool:
    """Take the template that a manager has asked for on the page; return whether there was one."""
    wanted = connection.scalar(sa.select(classifier_settings.c.wanted_template).with_for_update())
    if wanted is None:
        return False
    connection.execute(sa.update(classifier_settings).values(wanted_template=None))
    if wanted not in TEMPLATES:
        return False
    take_template(wanted)(connection)
    return True
