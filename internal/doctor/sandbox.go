package doctor

import (
	"fmt"

	"sluice/internal/host/sandbox"
)

// sandboxFindings say what keeps functions apart, from what the machine can do to what follows from it.
func sandboxFindings(s sandbox.Support) []Finding {
	return []Finding{
		{Subject: "system", State: Yes, Detail: s.System},
		namespaces(s), landlock(s),
		consequence("files", s.Files(), "functions see their own files and the system's, and no others",
			"functions see all files that the server's user sees"),
		consequence("processes", s.Signals(), "functions can't signal or trace the server or each other",
			"functions can signal what the server's user can"),
		consequence("number of processes", s.Processes(), "each process of a function may have 1024 processes and threads below it",
			"functions can start as many processes as the server's user"),
		consequence("private /tmp", s.Separate(), "each function has a /tmp of its own; /var/task and /opt are where AWS has them",
			"functions find their temporary folder only by TMPDIR, and their code by LAMBDA_TASK_ROOT"),
		consequence("open files and file size", s.Limits, "1024 open files; no file larger than the function's storage",
			"as the server's user has them"),
		children(s),
	}
}

func namespaces(s sandbox.Support) Finding {
	if s.Separate() {
		return Finding{Subject: "namespaces", State: Yes, Detail: "functions get namespaces of their own"}
	}
	return Finding{Subject: "namespaces", State: No, Detail: s.Namespaces.Error(),
		Advice: "Let users make namespaces: sysctl user.max_user_namespaces above 0, kernel.unprivileged_userns_clone=1 and " +
			"kernel.apparmor_restrict_unprivileged_userns=0, where there are such settings; Linux 5.14 or later. In a container: " +
			"docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined --cap-add SYS_ADMIN."}
}

func landlock(s sandbox.Support) Finding {
	f := Finding{Subject: "landlock", State: Yes, Detail: fmt.Sprintf("version %d", s.Landlock)}
	if s.Landlock == 0 {
		f.State, f.Detail = No, "the kernel has none"
	}
	switch {
	case s.Separate():
		f.Detail += "; not in force, as namespaces keep functions apart"
	case s.Landlock > 0:
		f.Detail += "; in force"
	default:
		f.Advice = "Use Linux 5.13 or later, with landlock among the modules of the lsm= boot parameter."
	}
	return f
}

// consequence is a finding about what follows from others; what to do is said there.
func consequence(subject string, kept bool, yes, no string) Finding {
	if kept {
		return Finding{Subject: subject, State: Yes, Detail: yes}
	}
	return Finding{Subject: subject, State: No, Detail: no}
}

func children(s sandbox.Support) Finding {
	if s.Children == nil {
		return Finding{Subject: "memory", State: Yes, Detail: "what functions start counts as theirs"}
	}
	return Finding{Subject: "memory", State: Partly, Detail: "what functions start is not counted: " + s.Children.Error()}
}
