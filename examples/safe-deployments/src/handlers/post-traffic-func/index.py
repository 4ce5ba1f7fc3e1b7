import os

import boto3
import requests

CODE_DEPLOY = boto3.client('codedeploy')
CLOUDFORMATION = boto3.client('cloudformation')


def get_api_endpoint():
    stack_name = os.getenv('STACK_NAME')

    stack_outputs = CLOUDFORMATION.describe_stacks(StackName=stack_name).get('Stacks')[0].get('Outputs')

    for stack_output in stack_outputs:
        for output_value in stack_output.values():
            if output_value == 'ApiEndpoint':
                return stack_output.get('OutputValue')


def get_api_response():
    api_endpoint = get_api_endpoint()

    return requests.get(api_endpoint)


def notify_execution_status(event, status):
    deployment_id = event.get('DeploymentId')
    execution_id = event.get('LifecycleEventHookExecutionId')

    return CODE_DEPLOY.put_lifecycle_event_hook_execution_status(deploymentId=deployment_id,
                                                                 lifecycleEventHookExecutionId=execution_id,
                                                                 status=status)


def handler(event, context):
    print(event)

    status = 'Succeeded'
    func1_version = os.getenv('FUNC1_ARN_VERSION').split(':')[-1]

    try:
        api_response = get_api_response()
        assert api_response.status_code == 200
        assert api_response.json().get('message') == func1_version
        notify_response = notify_execution_status(event, status)
    except Exception as e:
        print(e)
        status = 'Failed'
        notify_execution_status(event, status)
    else:
        print(notify_response)
