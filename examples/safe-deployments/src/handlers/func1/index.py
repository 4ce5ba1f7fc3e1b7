import json


def handler(event, context):
    message = json.dumps({'message': context.function_version})
    response = {'statusCode': 200,
                'headers': {'Content-Type': 'application/json'},
                'body': message}

    return response
