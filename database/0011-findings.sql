-- A confirmed deviation and what follows. What a provider may see stands in `finding`; where it came from stands apart in `origin`.
create schema findings;
grant usage on schema findings to pantau_app;
create table findings.finding (
  id uuid primary key, number text not null constraint finding_number_unique unique,
  class_run_id uuid not null references registry.class_run (id), provider_id uuid not null references access.organisation (id), platform_id uuid references access.organisation (id),
  session_day date not null, item text not null, item_label_id text not null, item_label_en text not null,
  norm_id uuid references standards.norm (id), rule_set text, norm_text_id text, norm_text_en text, broken_id text not null, broken_en text not null,
  severity text not null constraint finding_severity check (severity in ('critical', 'major', 'minor', 'observation')),
  status text not null constraint finding_status check (status in ('draft', 'dismissed', 'confirmed', 'answered', 'returned', 'closed')),
  dismissed_reason text, confirmed_at timestamptz, delivered_at timestamptz,
  reply_allowed jsonb, correction_allowed jsonb, zone text not null, reply_due_at timestamptz, correction_due_at timestamptz,
  clock_notice_id uuid references notices.notice (id), -- the notice whose delivery starts the allowances; no clock runs before
  closed_at timestamptz, closing_note text, created_at timestamptz not null, updated_at timestamptz not null, version integer not null default 1,
  constraint finding_dismissed_has_reason check (status <> 'dismissed' or dismissed_reason is not null));
create sequence findings.number; -- of T-2026-000123; gaps are allowed, twice the same is not
grant usage on sequence findings.number to pantau_app;
create index on findings.finding (provider_id, status);
create index on findings.finding (class_run_id);
create index on findings.finding (status, severity);
create table findings.origin (
  finding_id uuid primary key references findings.finding (id), visit_id uuid not null references collection.visit (id), claim_id uuid references collection.claim (id),
  instance_id text not null, organisation_id uuid not null,
  constraint origin_once unique (instance_id, claim_id));
create index on findings.origin (visit_id);
-- What the provider is shown is a copy without the camera's metadata, filed under the provider itself: it never needs to see the visit's own row.
create table findings.released_evidence (
  finding_id uuid not null references findings.finding (id), evidence_id uuid not null references collection.evidence (id), released_at timestamptz not null, released_by uuid not null,
  sha256 text, mime text, size integer,
  primary key (finding_id, evidence_id));
create table findings.reply (
  id uuid primary key, finding_id uuid not null references findings.finding (id), at timestamptz not null, text text not null, by_person uuid not null, organisation_id uuid not null);
create index on findings.reply (finding_id);
create table findings.reply_file (
  reply_id uuid not null references findings.reply (id), sha256 text not null, name text not null, mime text not null, size integer not null, primary key (reply_id, sha256));
create table findings.event (
  id uuid primary key, finding_id uuid not null references findings.finding (id), at timestamptz not null, act text not null, note text,
  by_person uuid, organisation_id uuid); -- shown as the organisation to a provider
create index on findings.event (finding_id, at);

do $$ declare t text; begin
  foreach t in array array['finding', 'origin', 'released_evidence', 'reply', 'reply_file', 'event'] loop
    execute format('alter table findings.%I enable row level security', t);
    execute format('alter table findings.%I force row level security', t);
    execute format('create policy office on findings.%I for all to pantau_app using ((select access.is_office()))', t);
  end loop;
end $$;
grant select, insert, update on all tables in schema findings to pantau_app;
-- A finding that was withdrawn after it was confirmed stays visible to whom it was addressed; one dismissed as a draft never was.
create policy provider_own on findings.finding for select to pantau_app
  using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()) and status <> 'draft' and (status <> 'dismissed' or confirmed_at is not null));
create policy provider_replies on findings.finding for update to pantau_app
  using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()) and status in ('confirmed', 'returned', 'answered'))
  with check (provider_id = (select access.organisation()) and status in ('confirmed', 'returned', 'answered'));
create policy platform_listing on findings.finding for select to pantau_app
  using ((select access.scope()) = 'platform' and platform_id = (select access.organisation()) and status <> 'draft' and (status <> 'dismissed' or confirmed_at is not null));
create policy expert_own on findings.origin for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and organisation_id = (select access.organisation())
    and exists (select from collection.visit v where v.id = origin.visit_id));
create policy expert_own on findings.finding for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and exists (select from findings.origin o where o.finding_id = finding.id));
create policy with_finding on findings.released_evidence for select to pantau_app
  using ((select access.scope()) in ('provider', 'coordinator', 'monitor') and exists (select from findings.finding f where f.id = released_evidence.finding_id));
create policy with_finding on findings.reply for select to pantau_app
  using ((select access.scope()) in ('provider', 'coordinator', 'monitor') and exists (select from findings.finding f where f.id = reply.finding_id));
create policy provider_replies on findings.reply for insert to pantau_app
  with check ((select access.scope()) = 'provider' and organisation_id = (select access.organisation()) and by_person = (select access.person())
    and exists (select from findings.finding f where f.id = reply.finding_id));
create policy with_reply on findings.reply_file for select to pantau_app
  using ((select access.scope()) in ('provider', 'coordinator', 'monitor') and exists (select from findings.reply r where r.id = reply_file.reply_id));
create policy provider_replies on findings.reply_file for insert to pantau_app
  with check ((select access.scope()) = 'provider' and exists (select from findings.reply r where r.id = reply_file.reply_id and r.organisation_id = (select access.organisation())));
create policy with_finding on findings.event for select to pantau_app
  using ((select access.scope()) in ('provider', 'coordinator', 'monitor', 'platform') and exists (select from findings.finding f where f.id = event.finding_id));
create policy provider_replies on findings.event for insert to pantau_app
  with check ((select access.scope()) = 'provider' and organisation_id = (select access.organisation())
    and exists (select from findings.finding f where f.id = event.finding_id));

-- What a provider may change of a finding is how far its own answer has come, whatever the code above would ask for.
create function findings.provider_changes_only_its_part() returns trigger language plpgsql as $$
declare own text[] := array['status', 'delivered_at', 'reply_due_at', 'correction_due_at', 'updated_at', 'version'];
begin
  if access.scope() = 'provider' and to_jsonb(new) - own is distinct from to_jsonb(old) - own then
    raise exception 'a provider changes only its own part of a finding' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger own_part before update on findings.finding for each row execute function findings.provider_changes_only_its_part();
