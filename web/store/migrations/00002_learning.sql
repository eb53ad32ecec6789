-- +goose Up
create table draft (
    learner  text   not null,
    exercise text   not null,
    files    text   not null, -- JSON: name -> source
    saved_at bigint not null,
    primary key (learner, exercise)
);

create table answer (
    learner  text   not null,
    lesson   text   not null,
    activity text   not null,
    choice   text   not null,
    words    text   not null,
    saved_at bigint not null,
    primary key (learner, lesson, activity)
);

-- +goose Down
drop table answer;
drop table draft;
