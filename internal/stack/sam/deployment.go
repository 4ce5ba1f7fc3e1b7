package sam

type deployments struct{}

func (t *transform) addDeployments() {}
