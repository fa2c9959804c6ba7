-- What monitors report. The original XML is kept as received; typed answers and claims are derived from it.
create schema collection;
grant usage on schema collection to pantau_app;
create table collection.door_key (
  id uuid primary key, token_hash text not null constraint door_key_token_unique unique, person_id uuid not null references access.person (id),
  membership_id uuid not null references access.membership (id), round_id uuid not null references sampling.round (id), round_code text not null,
  organisation_id uuid not null references access.organisation (id), created_by uuid not null, created_at timestamptz not null, revoked_at timestamptz, last_used_at timestamptz);
create table collection.visit (
  id uuid primary key, round_id uuid not null references sampling.round (id), assignment_id uuid references assignments.assignment (id),
  class_run_id uuid references registry.class_run (id), session_id uuid references registry.session (id),
  organisation_id uuid not null references access.organisation (id), person_id uuid not null references access.person (id), layer text not null,
  version_id uuid not null references standards.instrument_version (id),
  -- null until an outcome was given; anything but took_place and class_absent is nonresponse
  outcome text constraint visit_outcome check (outcome in ('took_place', 'class_absent', 'cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe')),
  status text not null constraint visit_status check (status in ('submitted', 'returned', 'approved_by_coordinator', 'approved')),
  session_day date, flags text[] not null default '{}',
  instance_id text not null, -- the current submission
  -- while returned: when, the reviewer's note and comments by question path; empty again with the next version
  returned jsonb,
  submitted_at timestamptz not null, updated_at timestamptz not null, approved_at timestamptz);
-- `superseded`: another visit of the same task counts instead (the task went to somebody else, or was visited twice)
create unique index visit_one_per_assignment on collection.visit (assignment_id) where assignment_id is not null and not ('superseded' = any (flags));
create index on collection.visit (class_run_id);
create index on collection.visit (organisation_id, status);
create index on collection.visit (person_id);
create index on collection.visit (round_id);
create table collection.submission (
  instance_id text primary key, visit_id uuid not null references collection.visit (id), version_no integer not null,
  deprecated_id text constraint submission_deprecated_unique unique references collection.submission (instance_id),
  form_id text not null, form_version text not null, xml text not null, xml_sha256 text not null,
  via text not null constraint submission_via check (via in ('browser', 'door')), device_id text, person_id uuid not null, organisation_id uuid not null,
  received_at timestamptz not null, started_at timestamptz, ended_at timestamptz);
create index on collection.submission (visit_id);
create table collection.answer (
  instance_id text not null references collection.submission (instance_id), path text not null, ordinal integer not null, -- ordinal: document order, so that repeats stay apart
  name text not null, item text, kind text not null, value text not null, number double precision, latitude double precision, longitude double precision, accuracy double precision,
  primary key (instance_id, ordinal));
create table collection.evidence (
  id uuid primary key, visit_id uuid not null references collection.visit (id), instance_id text not null references collection.submission (instance_id),
  name text not null, item text, path text, sha256 text, mime text, size integer, received_at timestamptz,
  state text not null constraint evidence_state check (state in ('expected', 'stored', 'refused')), refusal text, organisation_id uuid not null,
  constraint evidence_once unique (instance_id, name));
create index on collection.evidence (visit_id);
create index on collection.evidence (sha256);
create table collection.claim (
  id uuid primary key, visit_id uuid not null references collection.visit (id), class_run_id uuid not null references registry.class_run (id), session_id uuid references registry.session (id),
  instance_id text not null references collection.submission (instance_id),
  layer text not null, organisation_id uuid not null, item text not null, version_id uuid not null references standards.instrument_version (id),
  tag text not null, result text not null constraint claim_result check (result in ('pass', 'fail', 'not_observed', 'not_applicable')),
  severity text, score double precision, norm_id uuid references standards.norm (id), value jsonb, reason text, current boolean not null default true,
  constraint claim_once unique (instance_id, item));
create index on collection.claim (class_run_id, item);
create index on collection.claim (visit_id);

do $$ declare t text; begin
  foreach t in array array['door_key', 'visit', 'submission', 'answer', 'evidence', 'claim'] loop
    execute format('alter table collection.%I enable row level security', t);
    execute format('alter table collection.%I force row level security', t);
    execute format('create policy office_reads on collection.%I for select to pantau_app using ((select access.is_office()))', t);
    execute format('create policy system on collection.%I for all to pantau_app using ((select access.scope()) = ''system'')', t);
  end loop;
end $$;
grant select, insert, update on all tables in schema collection to pantau_app;
grant delete on collection.answer, collection.claim to pantau_app;
grant usage on schema collection to pantau_auth;
grant select, update (last_used_at) on collection.door_key to pantau_auth;
create policy sign_in on collection.door_key for all to pantau_auth using (true);
create policy own on collection.door_key for all to pantau_app using (person_id = (select access.person()) and organisation_id = (select access.organisation()));
create policy coordinator on collection.door_key for all to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));

create policy own on collection.visit for all to pantau_app
  using ((select access.scope()) = 'monitor' and person_id = (select access.person()) and organisation_id = (select access.organisation()));
create policy coordinator_reads on collection.visit for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy coordinator_reviews on collection.visit for update to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy office_reviews on collection.visit for update to pantau_app using ((select access.is_office()));
-- A returned visit whose task went to a colleague is corrected by that colleague, who becomes its collector.
create policy collector_now on collection.visit for select to pantau_app
  using ((select access.scope()) = 'monitor' and status = 'returned' and organisation_id = (select access.organisation())
    and exists (select from assignments.assignment a where a.id = visit.assignment_id and a.person_id = (select access.person())));
create policy collector_takes_over on collection.visit for update to pantau_app
  using ((select access.scope()) = 'monitor' and status = 'returned' and organisation_id = (select access.organisation())
    and exists (select from assignments.assignment a where a.id = visit.assignment_id and a.person_id = (select access.person())))
  with check (person_id = (select access.person()));

create policy own on collection.submission for all to pantau_app
  using ((select access.scope()) = 'monitor' and person_id = (select access.person()) and organisation_id = (select access.organisation()));
create policy with_visit on collection.submission for select to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from collection.visit v where v.id = submission.visit_id));
create policy coordinator_reads on collection.submission for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy with_submission on collection.answer for all to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from collection.submission s where s.instance_id = answer.instance_id));
create policy coordinator_reads on collection.answer for select to pantau_app
  using ((select access.scope()) = 'coordinator' and exists (select from collection.submission s where s.instance_id = answer.instance_id));
create policy own on collection.evidence for all to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from collection.submission s where s.instance_id = evidence.instance_id));
create policy coordinator_reads on collection.evidence for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy own on collection.claim for all to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from collection.submission s where s.instance_id = claim.instance_id));
create policy coordinator_reads on collection.claim for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));

-- A re-assigned or cancelled visit stays visible to who made it; so does its class run.
create policy monitor_visited on registry.class_run for select to pantau_app
  using ((select access.scope()) in ('monitor', 'coordinator') and exists (select from collection.visit v where v.class_run_id = class_run.id));

-- The task a form names, as far as it is or ever was the caller's: field work is stored also when the task meanwhile was re-assigned,
-- cancelled or replaced, and the caller's own row security no longer shows it then. Gives nothing away about other people's tasks.
create function collection.own_assignment(wanted uuid) returns table (
  id uuid, round_id uuid, class_run_id uuid, session_id uuid, organisation_id uuid, status text, due_on date, mine boolean,
  schedule_code text, training_title text, mode text, starts_on date, ends_on date, zone text, begins_at timestamptz, kind text, round_status text)
language sql stable security definer set search_path = '' set app.scope = 'system' as $$
  select a.id, a.round_id, a.class_run_id, a.session_id, a.organisation_id, a.status, a.due_on, a.person_id is not distinct from access.person(),
    c.schedule_code, t.title, c.mode, c.starts_on, c.ends_on, p.zone, s.begins_at, o.kind, r.status
  from assignments.assignment a
  join registry.class_run c on c.id = a.class_run_id
  join registry.training t on t.id = c.training_id
  join sampling.round r on r.id = a.round_id
  join registry.regency g on g.code = c.regency_code
  join registry.province p on p.code = g.province_code
  join access.organisation o on o.id = a.organisation_id
  left join registry.session s on s.id = a.session_id
  where a.id = wanted and a.organisation_id = access.organisation()
    and (a.person_id = access.person() or exists (select from assignments.event e where e.assignment_id = a.id and e.to_person = access.person())) $$;
