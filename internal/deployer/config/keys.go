package config

import (
	"regexp"
	"slices"

	"sluice/internal/deployer"
)

var (
	namePattern     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	variablePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]+$`) // Lambda's: no name of one letter
	wholePattern    = regexp.MustCompile(`^[0-9]+$`)
	durationPattern = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`)
	secondsPattern  = regexp.MustCompile(`^([0-9]+|([0-9]+(\.[0-9]+)?(ms|s|m|h))+)$`)
	versionPattern  = regexp.MustCompile(`^(\$?LATEST|[0-9]+)$`)
)

func aText(about string) shape { return shape{form: text, about: about} }

func whole(about string) shape {
	return shape{form: number, match: wholePattern, about: about, like: "a whole number"}
}

func duration(about string) shape {
	return shape{form: text, match: durationPattern, about: about, like: "a time such as 90s or 5m"}
}

func inSeconds(about string) shape {
	return shape{form: text, match: secondsPattern, about: about, like: "seconds, or a time such as 30s or 5m"}
}

func percent(about string) shape { return shape{form: number, about: about, like: "a percentage"} }

func aVersion(about string) shape {
	return shape{form: text, match: versionPattern, about: about, like: "a version's number, or $LATEST", orNull: true}
}

func textList(about string) shape { return shape{form: items, of: &shape{form: text}, about: about} }

var liveShape = shape{
	form: section, orNull: true, about: "Where the alias points by hand. It wins over the strategy.",
	keys: []key{
		{"version1", aVersion("The version; null follows the strategy.")},
		{"version2", aVersion("A second version that shares the requests.")},
		{"version2_percentage", shape{form: number, about: "The second version's share of the requests, in percent.", like: "a percentage", orNull: true}},
	},
}

// functionKeys are of a function; defaults and environments take them too.
var functionKeys = []key{
	{"name", aText("The function's name at the endpoint; PROJECT-ENV-KEY if it is left out.")},
	{"code", aText("A folder, a zip file, or s3://bucket/key (with ?versionId=… for one version of the object).")},
	{"build", aText("A command that makes the code. It runs first, in the folder of this file.")},
	{"runtime", aText("Such as nodejs22.x, python3.13, provided.al2023.")},
	{"handler", aText("Such as index.handler.")},
	{"role", aText("ARN of the role that the function has.")},
	{"memory", whole("In MB.")},
	{"timeout", inSeconds("Of an invocation: seconds, or such as 30s.")},
	{"architecture", shape{form: word, values: []string{"x86_64", "arm64"}, about: "Of the processor."}},
	{"environment", shape{form: mapping, match: variablePattern, of: &shape{form: text, orNull: true}, about: "Variables. An override adds to them; null takes one away."}},
	{"layers", textList("ARNs of layer versions, in order.")},
	{"tags", shape{form: mapping, of: &shape{form: text, orNull: true}, about: "Tags of the function. An override adds to them; null takes one away."}},
	{"alias", shape{form: text, match: regexp.MustCompile(`^[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*$`), about: "The alias that callers use; LIVE if it is left out.", like: "a name that is not a number"}},
	{"live", liveShape},
	{"ephemeral_storage", whole("Size of /tmp, in MB.")},
	{"tracing", shape{form: word, values: []string{"Active", "PassThrough"}, about: "Of AWS X-Ray."}},
	{"dead_letter", aText("ARN of the queue or topic for events that could not be handled.")},
}

// releaseKeys are of an environment; defaults take them too.
var releaseKeys = []key{
	{"region", aText("AWS's region; the SDK's own if it is left out.")},
	{"publish", shape{form: boolean, about: "false: code goes to $LATEST, nothing is published and the alias points to $LATEST."}},
	{"confirm", shape{form: boolean, about: "Ask a person at a terminal before something changes; true for prd, prod and production if it is left out."}},
	{"strategy", strategyShape},
	{"engine", shape{form: word, values: []string{string(deployer.Direct), string(deployer.CodeDeploy)}, about: "Who moves the weight: this tool, or CodeDeploy."}},
	{"alarms", textList("CloudWatch alarms. None may ring between steps.")},
	{"check", aText("A command between steps: exit code 0 goes on, any other one takes the release back.")},
	{"errors", shape{form: text, match: regexp.MustCompile(`^(ignore|[0-9]+)$`), about: "How many errors the new version may make in a step; ignore does not look at them.", like: "a number, or ignore"}},
	{"hooks", shape{form: section, about: "Before the first request reaches the new version, and after the last has left the old one.", keys: []key{
		{"before", aText("A function's name, or a command if it has a slash.")},
		{"after", aText("A function's name, or a command if it has a slash.")},
	}}},
}

var strategyShape = shape{
	form: anyOf, about: "How the alias moves to a new version.", like: "all-at-once, a name of CodeDeploy's, or one of {canary: {percent: 10, for: 5m}}, {linear: {percent: 10, every: 1m}}, {increments: [25, 50, 75]}, {steps: 10, interval: 120s, type: linear}",
	oneOf: []shape{
		{form: text, about: "all-at-once, or the name of a predefined deployment configuration of CodeDeploy."},
		{form: section, keys: []key{
			{"canary", shape{form: section, about: "A share first, then all.", keys: []key{
				{"percent", percent("The first share.")}, {"for", duration("How long it keeps it.")}, {"minutes", whole("The same, in minutes.")},
			}}},
			{"linear", shape{form: section, about: "The same share more each time.", keys: []key{
				{"percent", percent("Of each step.")}, {"every", duration("How long each step lasts.")}, {"minutes", whole("The same, in minutes.")},
			}}},
			{"increments", shape{form: items, of: &shape{form: number}, about: "Ascending percentages; all comes after the last.", like: "a list such as [25, 50, 75]"}},
			{"every", duration("How long each of the increments lasts; 1m if it is left out.")},
			{"steps", whole("As many equal steps, as aws-lambda-deploy takes them.")},
			{"interval", inSeconds("How long each of the steps lasts: seconds, or such as 120s.")},
			{"type", shape{form: word, values: []string{"linear"}, about: "How the weight of the steps grows."}},
		}},
	},
}

// fileShape is the whole file.
var fileShape = shape{
	form: section,
	keys: []key{
		{"project", shape{form: text, match: namePattern, about: "The project's name.", like: "letters, digits, - and _"}},
		{"defaults", shape{form: section, keys: slices.Concat(functionKeys, releaseKeys), about: "Of every function and environment."}},
		{"functions", shape{form: mapping, match: namePattern, of: &shape{form: section, keys: functionKeys}, about: "The functions, by a key of your choice."}},
		{"environments", shape{form: mapping, match: namePattern, about: "Where releases go. Each may override anything.", of: &shape{form: section, keys: slices.Concat(releaseKeys, functionKeys, []key{
			{"functions", shape{form: mapping, match: namePattern, of: &shape{form: section, keys: functionKeys}, about: "What is different for one function here."}},
		})}}},
	},
}

// asked of a person before something changes, unless the file says otherwise.
var production = map[string]bool{"prd": true, "prod": true, "production": true}
