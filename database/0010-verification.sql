-- The review chain: collector → coordinator → programme office. Every decision stays.
create schema verification;
grant usage on schema verification to pantau_app;
create table verification.review (
  id uuid primary key, visit_id uuid not null references collection.visit (id), instance_id text not null references collection.submission (instance_id),
  stage text not null constraint review_stage check (stage in ('coordinator', 'office')),
  decision text not null constraint review_decision check (decision in ('approved', 'returned')),
  note text, at timestamptz not null, by_person uuid not null, organisation_id uuid not null,
  constraint review_returned_has_note check (decision <> 'returned' or note is not null));
create index on verification.review (visit_id, at);
create table verification.comment (
  id uuid primary key, review_id uuid not null references verification.review (id), path text not null, text text not null);
create index on verification.comment (review_id);
do $$ declare t text; begin
  foreach t in array array['review', 'comment'] loop
    execute format('alter table verification.%I enable row level security', t);
    execute format('alter table verification.%I force row level security', t);
    execute format('create policy office on verification.%I for all to pantau_app using ((select access.is_office()))', t);
  end loop;
end $$;
grant select, insert on all tables in schema verification to pantau_app;
create policy with_visit on verification.review for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and exists (select from collection.visit v where v.id = review.visit_id));
create policy coordinator_reviews on verification.review for insert to pantau_app
  with check ((select access.scope()) = 'coordinator' and stage = 'coordinator' and organisation_id = (select access.organisation())
    and exists (select from collection.visit v where v.id = review.visit_id));
create policy with_review on verification.comment for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and exists (select from verification.review r where r.id = comment.review_id));
create policy coordinator_reviews on verification.comment for insert to pantau_app
  with check ((select access.scope()) = 'coordinator' and exists (select from verification.review r where r.id = comment.review_id));
