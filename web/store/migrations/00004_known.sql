-- Of the verdicts that are known under a key the newest is given again.

-- +goose Up
drop index submission_known;
create index submission_known on submission (known_by, finished_at)
    where state = 'done';

-- +goose Down
drop index submission_known;
create index submission_known on submission (known_by)
    where state = 'done';
