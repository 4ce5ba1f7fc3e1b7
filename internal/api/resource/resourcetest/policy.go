package resourcetest

// Allow is a policy's document that lets everything be done by an action.
func Allow(action string) Object {
	return Object{"Version": "2012-10-17", "Statement": []any{Object{"Effect": "Allow", "Action": action, "Resource": "*"}}}
}

// Trust is the document that lets a service take a role.
func Trust(service string) Object {
	return Object{"Version": "2012-10-17", "Statement": []any{Object{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": Object{"Service": service}}}}
}
