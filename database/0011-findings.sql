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
  closed_at timestamptz, closing_note text, created_at timestamptz not null, updated_at timestamptz not null, version integer not null default 1,
  constraint finding_dismissed_has_reason check (status <> 'dismissed' or dismissed_reason is not null));
create index on findings.finding (provider_id, status);
create index on findings.finding (class_run_id);
create index on findings.finding (status, severity);
create table findings.origin (
  finding_id uuid primary key references findings.finding (id), visit_id uuid not null references collection.visit (id), claim_id uuid references collection.claim (id),
  instance_id text not null, organisation_id uuid not null,
  constraint origin_once unique (instance_id, claim_id));
create index on findings.origin (visit_id);
create table findings.released_evidence (
  finding_id uuid not null references findings.finding (id), evidence_id uuid not null references collection.evidence (id), released_at timestamptz not null, released_by uuid not null,
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
create policy provider_own on findings.finding for select to pantau_app
  using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()) and status not in ('draft', 'dismissed'));
create policy provider_replies on findings.finding for update to pantau_app
  using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()) and status in ('confirmed', 'returned', 'answered'))
  with check (provider_id = (select access.organisation()) and status in ('confirmed', 'returned', 'answered'));
create policy platform_listing on findings.finding for select to pantau_app
  using ((select access.scope()) = 'platform' and platform_id = (select access.organisation()) and status not in ('draft', 'dismissed'));
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

-- Released evidence becomes visible to the provider it is held against: the picture, never the visit or who made it.
create policy provider_released on collection.evidence for select to pantau_app
  using ((select access.scope()) = 'provider' and exists (select from findings.released_evidence r where r.evidence_id = evidence.id));
create policy provider_released on files.file for select to pantau_app
  using ((select access.scope()) = 'provider' and exists (
    select from collection.evidence e where e.sha256 = file.sha256 and e.organisation_id = file.organisation_id));
