"use strict";
// Answers a stack that asked for a custom resource: send(event, context, SUCCESS or FAILED, data, physicalResourceId, noEcho).
const http = require("http");
const https = require("https");

exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = function (event, context, status, data, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: status,
    Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const url = new URL(event.ResponseURL);
  const client = url.protocol === "http:" ? http : https;
  return new Promise((resolve) => {
    const finish = () => {
      if (context.done) context.done();
      resolve();
    };
    const request = client.request(url, {
      method: "PUT",
      headers: { "content-type": "", "content-length": Buffer.byteLength(body) },
    }, (response) => {
      response.resume();
      response.on("end", finish);
    });
    request.on("error", (error) => {
      console.log("send(..) failed executing request: " + error);
      finish();
    });
    request.end(body);
  });
};
