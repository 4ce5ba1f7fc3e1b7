#!/usr/bin/env bash
# A canary with the AWS CLI. Needs the variables that `sluice env` prints.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=canary-example

python3 -m zipfile -c "$work/function.zip" index.py
aws lambda create-function --function-name $name --runtime python3.12 --handler index.handler \
  --role arn:aws:iam::000000000000:role/lambda --zip-file "fileb://$work/function.zip" --output text --query FunctionArn
first=$(aws lambda publish-version --function-name $name --query Version --output text)
aws lambda create-alias --function-name $name --name live --function-version "$first" --output text --query AliasArn

aws lambda update-function-configuration --function-name $name --description second --output text --query RevisionId
second=$(aws lambda publish-version --function-name $name --query Version --output text)
aws lambda update-alias --function-name $name --name live \
  --routing-config "AdditionalVersionWeights={$second=0.1}" --output text --query AliasArn

for _ in $(seq 20); do
  aws lambda invoke --function-name $name:live "$work/out.json" --query ExecutedVersion --output text
done | sort | uniq -c

aws lambda update-alias --function-name $name --name live --function-version "$second" \
  --routing-config AdditionalVersionWeights={} --output text --query FunctionVersion
aws lambda delete-function --function-name $name
