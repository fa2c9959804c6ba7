-- What was computed from all of it, kept where people who may not see the single rows read it.
create schema insight;
grant usage on schema insight to pantau_app;
create table insight.provider_score (
  provider_id uuid primary key references access.organisation (id), as_of timestamptz not null,
  visits integer not null, compliant_visits integer not null, gate text not null, quality jsonb not null, findings jsonb not null, platform_ids uuid[] not null);
create table insight.published (
  key text primary key, as_of timestamptz not null, value jsonb not null); -- aggregates with n and interval; readable without sign-in
alter table insight.provider_score enable row level security; alter table insight.provider_score force row level security;
alter table insight.published enable row level security; alter table insight.published force row level security;
grant select, insert, update, delete on all tables in schema insight to pantau_app;
create policy office on insight.provider_score for all to pantau_app using ((select access.is_office()));
create policy expert on insight.provider_score for select to pantau_app using ((select access.scope()) in ('coordinator', 'monitor'));
create policy provider_own on insight.provider_score for select to pantau_app using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()));
create policy platform_own on insight.provider_score for select to pantau_app
  using ((select access.scope()) = 'platform' and (select access.organisation()) = any (platform_ids));
create policy everybody on insight.published for select to pantau_app using ((select access.scope()) <> '');
create policy office on insight.published for all to pantau_app using ((select access.is_office()));
