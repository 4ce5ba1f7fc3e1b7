#!/usr/bin/env bash
# Packages a template of this folder and deploys it as a stack. Needs the variables that `sluice env` prints.
set -euo pipefail
template=${1:?usage: deploy.sh TEMPLATE [STACK], such as deploy.sh linear}
stack=${2:-$template}
bucket=${ARTIFACT_BUCKET:-artifacts}
parameters=()
if grep -q ArtifactBucket "$template.yml"; then
  parameters=(--parameter-overrides "ArtifactBucket=$bucket")
fi

aws s3 ls "s3://$bucket" >/dev/null 2>&1 || aws s3 mb "s3://$bucket" >/dev/null
aws s3 cp --only-show-errors swagger.yml "s3://$bucket/swagger.yml"
packaged=$(mktemp)
trap 'rm -f "$packaged"' EXIT
aws cloudformation package --template-file "$template.yml" --s3-bucket "$bucket" --output-template-file "$packaged" >/dev/null
aws cloudformation deploy --template-file "$packaged" --stack-name "$stack" --capabilities CAPABILITY_IAM "${parameters[@]}"
