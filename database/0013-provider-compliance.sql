-- Which compliance items were checked at a provider, and which have a confirmed finding open; a provider cannot read the claims themselves.
alter table insight.provider_score add column compliance jsonb not null default '[]';
