-- +goose Up
create table card (
    learner    text             not null,
    lesson     text             not null,
    activity   text             not null,
    stability  double precision not null, -- days
    difficulty double precision not null, -- 1 to 10
    due        bigint           not null, -- the beginning of a day
    last       bigint           not null, -- the last rating
    reps       bigint           not null, -- ratings so far
    lapses     bigint           not null,
    primary key (learner, lesson, activity)
);

-- +goose Down
drop table card;
