-- Every ticket of a known customer, with what the customer experienced in it.
with heard as (
    select
        prediction.ticket_id,
        (array_agg(prediction.sentiment order by prediction.predicted_at desc, prediction.id desc))[1] as sentiment
    from support.ticket_predictions as prediction
    group by prediction.ticket_id
)

select
    ticket.ticket_id,
    ticket.customer_hash,
    ticket.created_at,
    ticket.first_reply_at,
    ticket.resolved_at,
    case
        when ticket.rating is not null
            then
                coalesce(
                    source.rated_at,
                    ticket.resolved_at,
                    greatest(coalesce(source.closed_at, source.source_changed_at), ticket.created_at)
                )
    end as rated_at,
    ticket.rating::float as rating,
    category.value as category,
    coalesce(ticket.first_reply_sla = :sla_missed, false) as is_first_reply_breached,
    coalesce(ticket.resolution_sla = :sla_missed, false) as is_resolution_breached,
    ticket.is_same_agent,
    ticket.is_escalated,
    ticket.agent_contact_count,
    ticket.reopen_count,
    coalesce(heard.sentiment = 'frustrated', false) as is_frustrated
from marts.fct_tickets as ticket
inner join support.support_tickets as source on ticket.ticket_id = source.id
left join marts.dimension_values as category
    on category.dimension = 'category' and ticket.category_id = category.id
left join heard on ticket.ticket_id = heard.ticket_id
where not ticket.is_excluded and ticket.customer_hash is not null
order by ticket.created_at, ticket.ticket_id
