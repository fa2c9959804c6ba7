-- The record of every act, append-only. `previous_hash` and `hash` wait for the chain of proofs.
create schema ledger;
grant usage on schema ledger to pantau_app;
create table ledger.act (
  id uuid primary key,
  at timestamptz not null,
  person_id uuid,
  organisation_id uuid,
  membership_id uuid,
  scope text not null,
  act text not null,
  verb text,
  on_kind text not null,
  on_id text not null,
  detail jsonb not null default '{}',
  previous_hash bytea,
  hash bytea);
create index on ledger.act (on_kind, on_id, at);
create index on ledger.act (at);

create function ledger.refuse() returns trigger language plpgsql as $$
begin raise exception 'the ledger is append-only' using errcode = 'P0001', constraint = 'ledger_append_only'; end $$;
create trigger append_only before update or delete on ledger.act for each row execute function ledger.refuse();
create trigger append_only_all before truncate on ledger.act for each statement execute function ledger.refuse();

alter table ledger.act enable row level security; alter table ledger.act force row level security;
grant select, insert on ledger.act to pantau_app;
create policy record on ledger.act for insert to pantau_app with check ((select access.scope()) <> '');
create policy office on ledger.act for select to pantau_app using ((select access.is_office()));
create policy coordinator on ledger.act for select to pantau_app
  using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy self on ledger.act for select to pantau_app using (person_id = (select access.person()));
