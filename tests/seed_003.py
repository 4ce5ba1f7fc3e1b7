"""The functions that the article on CodeDeploy and SAM prints."""

HANDLER = """\
import json


def handler(event, context):
    message = json.dumps({'message': 'VERSION'})
    response = {'statusCode': 200,
                'headers': {'Content-Type': 'application/json'},
                'body': message}

    return response
"""

VERSION_1 = """\
def handler(event, context):
    print(event)
"""

VERSION_2 = """\
def handler(event, context):
    raise Exception('Exception occured')
"""

REPORTS_ITS_VERSION = """\
import json


def handler(event, context):
    message = json.dumps({'message': context.function_version})
    response = {'statusCode': 200,
                'headers': {'Content-Type': 'application/json'},
                'body': message}

    return response
"""

BEFORE_ALLOW_TRAFFIC = """\
import os
import json

import boto3

CODE_DEPLOY = boto3.client('codedeploy')
AWS_LAMBDA = boto3.client('lambda')
FUNC1_VERSION = os.getenv('FUNC1_ARN_VERSION').split(':')[-1]


def invoke_aws_lambda():
    func1_name = os.getenv('FUNC1_NAME')

    return AWS_LAMBDA.invoke(FunctionName=func1_name,
                             InvocationType='RequestResponse',
                             LogType='Tail',
                             Qualifier=FUNC1_VERSION)


def notify_execution_status(event, status):
    deployment_id = event.get('DeploymentId')
    execution_id = event.get('LifecycleEventHookExecutionId')

    return CODE_DEPLOY.put_lifecycle_event_hook_execution_status(deploymentId=deployment_id,
                                                                 lifecycleEventHookExecutionId=execution_id,
                                                                 status=status)


def handler(event, context):
    print(event)

    status = 'Succeeded'

    try:
        aws_lambda_log = invoke_aws_lambda()
        payload = json.loads(aws_lambda_log.get('Payload').read())
        assert json.loads(payload.get('body')).get('message') == FUNC1_VERSION
        notify_response = notify_execution_status(event, status)
    except Exception as e:
        print(e)
        status = 'Failed'
        notify_execution_status(event, status)
    else:
        print(notify_response)
"""

AFTER_ALLOW_TRAFFIC = BEFORE_ALLOW_TRAFFIC.replace("Qualifier=FUNC1_VERSION", "Qualifier='dev'")
