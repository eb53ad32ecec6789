-- Text ids, milliseconds since 1970 in bigint, 0 or 1 for truth, '' and 0 for "none".

-- +goose Up
create table submission (
    id            text   not null primary key,
    learner       text   not null,
    exercise      text   not null,
    known_by      text   not null, -- names everything a verdict depends on
    idempotency   text   not null, -- the client's own name for this submission
    hash          text   not null,
    files         text   not null, -- JSON: name -> source
    state         text   not null, -- queued sent building running done superseded error
    fair          bigint not null, -- start tag of fair queueing
    epoch         bigint not null, -- claims so far
    failures      bigint not null, -- of ours
    ready_at      bigint not null, -- not to be claimed before
    deadline      bigint not null, -- end of the claim's lease
    verdict       text   not null,
    passed        bigint not null,
    error         text   not null, -- the last failure of ours
    superseded_by text   not null,
    accepted_at   bigint not null,
    finished_at   bigint not null
);

create index submission_waiting on submission (fair, accepted_at, id)
    where state = 'queued';
create index submission_claimed on submission (deadline)
    where state in ('sent', 'building', 'running');
create index submission_unfinished on submission (state)
    where state in ('queued', 'sent', 'building', 'running');
create index submission_of on submission (learner, exercise, accepted_at);
create index submission_known on submission (known_by)
    where state = 'done';
create unique index submission_idempotency on submission (learner, idempotency)
    where idempotency <> '';
create unique index submission_same on submission (learner, exercise, known_by)
    where known_by <> '' and state in ('queued', 'sent', 'building', 'running');

-- Start-time fair queueing: each learner's last tag, and the largest dispatched.
create table fair (
    learner text   not null primary key,
    last    bigint not null
);
create table clock (
    id  bigint not null primary key,
    now bigint not null
);
insert into clock (id, now) values (1, 0);

-- +goose Down
drop table clock;
drop table fair;
drop table submission;
