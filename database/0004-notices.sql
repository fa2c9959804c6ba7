-- What somebody must be told, and that it was delivered. Addressed to a person, or to everybody of one scope in an organisation.
create schema notices;
grant usage on schema notices to pantau_app;
create table notices.notice (
  id uuid primary key,
  at timestamptz not null,
  person_id uuid references access.person (id),
  organisation_id uuid not null references access.organisation (id),
  scope text,
  kind text not null,           -- key of the text in the catalogue, e.g. finding_confirmed
  about_kind text not null,     -- finding, visit, assignment, round, import …
  about_id uuid not null,
  link text not null,           -- path in the product
  params jsonb not null default '{}',
  lettered_at timestamptz,      -- letters to its addressees were written
  delivered_at timestamptz,     -- first proof that it reached the addressee: mail accepted, or opened in the inbox
  constraint notice_addressee check (person_id is not null or scope is not null));
create index on notices.notice (organisation_id, at desc);
create index on notices.notice (about_kind, about_id);
create table notices.reading (
  notice_id uuid not null references notices.notice (id), person_id uuid not null references access.person (id), read_at timestamptz not null,
  primary key (notice_id, person_id));
create table notices.delivery (
  id uuid primary key,
  notice_id uuid references notices.notice (id), -- null for account mail (invitation, reset)
  address text not null,
  subject text not null,
  body text not null,
  status text not null default 'queued' constraint delivery_status check (status in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  sent_at timestamptz,
  error text);
create index on notices.delivery (status, next_at);

alter table notices.notice enable row level security; alter table notices.notice force row level security;
alter table notices.reading enable row level security; alter table notices.reading force row level security;
alter table notices.delivery enable row level security; alter table notices.delivery force row level security;
grant select, insert, update on all tables in schema notices to pantau_app;
create policy tell on notices.notice for insert to pantau_app with check ((select access.is_signed_in()));
create policy system on notices.notice for all to pantau_app using ((select access.scope()) = 'system');
create policy addressee on notices.notice for select to pantau_app
  using (person_id = (select access.person()) or (person_id is null and organisation_id = (select access.organisation()) and scope = (select access.scope())));
create policy addressee_opens on notices.notice for update to pantau_app
  using (person_id = (select access.person()) or (person_id is null and organisation_id = (select access.organisation()) and scope = (select access.scope())));
create policy office_proof on notices.notice for select to pantau_app using ((select access.scope()) = 'office');
create policy own on notices.reading for all to pantau_app using (person_id = (select access.person()));
create policy queue on notices.delivery for insert to pantau_app with check ((select access.scope()) <> '');
create policy system on notices.delivery for all to pantau_app using ((select access.scope()) = 'system');
-- account mail (invitation, reset) holds secret links: nobody but the mail job reads it
create policy office on notices.delivery for select to pantau_app using ((select access.scope()) = 'office' and notice_id is not null);
grant usage on schema notices to pantau_auth;
grant insert on notices.delivery to pantau_auth;
create policy account_mail on notices.delivery for insert to pantau_auth with check (notice_id is null);
