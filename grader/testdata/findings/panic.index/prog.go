package prog

// Last is the newest of the jobs.
func Last(jobs []string) string {
	return jobs[len(jobs)-1]
}
