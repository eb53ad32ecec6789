package driver

import "syscall"

// pause takes so many microseconds of real time. It is a system call and not
// time.Sleep, because inside a synctest bubble a sleep would move the virtual
// clock that the check measures by, and take no time at all.
func pause(microseconds int64) {
	d := syscall.NsecToTimespec(microseconds * 1000)
	syscall.Nanosleep(&d, nil) // a sleep cut short perturbs as well
}
