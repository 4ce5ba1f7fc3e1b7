// Runs a function's handler written in JavaScript: a CommonJS or an ES module, with a callback, a promise or a value.
//
// It asks the Runtime API for calls, hands them to the handler and reports what comes of them. Errors, log lines and
// the context have the forms that AWS gives them. An event of several lines is written with a NUL before each inner
// line end, which tells the host to keep them together.

import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { createRequire, register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Connection } from './connection.mjs';
import { awslambda, ResponseStream, streams } from './stream.mjs';

const env = process.env;
const taskRoot = env.LAMBDA_TASK_ROOT;
const layerRoot = env.LAMBDA_LAYER_ROOT; // what stands in for /opt, if the function has layers
let currentRequest; // the request id of the running call
let currentStream; // its answer, if it is streamed

const connection = new Connection(env.AWS_LAMBDA_RUNTIME_API);
const prefix = '/2018-06-01/runtime/';

function post(where, body, errorType) {
  const content = Buffer.from(body);
  let head = `POST ${prefix}${where} HTTP/1.1\r\nHost: runtime\r\nContent-Type: application/json\r\n`;
  if (errorType) head += `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x21-\x7e]/g, '?')}\r\n`;
  return connection.request(`${head}Content-Length: ${content.length}\r\n\r\n`, content);
}

// Log lines.
function writeEvent(text) {
  fs.writeSync(1, text.replaceAll('\n', '\0\n') + '\n');
}

const asJSON = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const threshold = asJSON ? Math.max(levels.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE'), 0) : 0;

function logAt(level, ...args) {
  if (levels.indexOf(level) < threshold) return;
  const timestamp = new Date().toISOString();
  if (!asJSON) {
    writeEvent(`${timestamp}\t${currentRequest}\t${level}\t${util.format(...args)}`);
    return;
  }
  const message = args.length === 1 && !(args[0] instanceof Error) ? args[0] : util.format(...args);
  writeEvent(JSON.stringify({ timestamp, level, requestId: currentRequest, message }));
}

console.log = (...args) => logAt('INFO', ...args);
console.info = console.log;
console.debug = (...args) => logAt('DEBUG', ...args);
console.warn = (...args) => logAt('WARN', ...args);
console.error = (...args) => logAt('ERROR', ...args);
console.fatal = (...args) => logAt('FATAL', ...args);
console.trace = (...args) => logAt('TRACE', ...args);

// Errors.
const isError = (value) => value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

// Shows paths as they would be on AWS.
const self = fileURLToPath(import.meta.url);
const asOnAWS = (text) => (layerRoot ? text.replaceAll(layerRoot, '/opt') : text).replaceAll(taskRoot, '/var/task').replaceAll(self, '/var/runtime/index.mjs').replaceAll(path.dirname(self), '/var/runtime');

const stackOf = (error) => asOnAWS(String(error.stack ?? '')).split('\n');

function reportOf(error) {
  try {
    if (isError(error)) {
      return { errorType: String(error.name), errorMessage: String(error.message), trace: stackOf(error) };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return { errorType: 'handled', errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack', trace: [] };
  }
}

function logError(title, error) {
  const { errorType, errorMessage, trace } = reportOf(error);
  if (asJSON) {
    logAt('ERROR', { errorType, errorMessage, stackTrace: trace });
    return;
  }
  const extra = isError(error) ? { ...error } : {};
  logAt('ERROR', `${title} \t${JSON.stringify({ errorType, errorMessage, ...extra, stack: trace })}`);
}

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    // Not enumerable: what is shows in the log beside errorType.
    Object.defineProperty(this, 'name', { value: `Runtime.${name}` });
    this.stack = `${this.name}: ${message}${(this.stack ?? '').replace(/^[^\n]*/, '')}`;
  }
}

// Finding the handler: module.function, where the module may lie in a folder, and the function within objects.
function splitHandler(name) {
  const folder = path.dirname(name);
  const parts = path.basename(name).match(/^([^.]+)\.(.+)$/);
  if (name.includes('..') || !parts) throw new RuntimeError('MalformedHandlerName', name.includes('..') ? `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.` : 'Bad handler');
  return { file: path.resolve(taskRoot, folder, parts[1]), module: path.join(folder, parts[1]), member: parts[2] };
}

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type === 'module';
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return false;
    }
    if (folder === taskRoot || folder === path.dirname(folder)) return false;
  }
}

// Lets import find packages in layers. That takes a thread, so functions whose layers have none do without.
function registerLayers() {
  if (!layerRoot) return;
  const folders = (env.NODE_PATH ?? '').split(path.delimiter).filter((folder) => folder.startsWith(layerRoot) && fs.existsSync(folder));
  if (folders.length > 0) register('./layers.mjs', import.meta.url, { data: { folders } });
}

async function load({ file, module }) {
  const found = ['', '.js', '.mjs', '.cjs'].map((end) => file + end).find((f) => fs.statSync(f, { throwIfNoEntry: false })?.isFile());
  try {
    if (found && isModule(found)) {
      registerLayers();
      return await import(pathToFileURL(found).href);
    }
    return createRequire(import.meta.url)(found ?? file);
  } catch (error) {
    if (error instanceof SyntaxError) throw rename(error, 'UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      const missing = found ? error.message : `Cannot find module '${module}'\nRequire stack:\n- /var/runtime/index.mjs`;
      throw rename(error, 'ImportModuleError', `Error: ${asOnAWS(missing)}`);
    }
    throw error;
  }
}

function rename(error, name, message) {
  const renamed = new RuntimeError(name, message);
  renamed.stack = `${renamed.name}: ${message}\n${String(error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)).join('\n')}`;
  return renamed;
}

function memberOf(loaded, name) {
  const walk = (from) => name.split('.').reduce((value, part) => value?.[part], from);
  return walk(loaded) ?? walk(loaded?.default);
}

async function findHandler(name) {
  const place = splitHandler(name);
  const handler = memberOf(await load(place), place.member);
  if (!handler) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  return handler;
}

// From Node.js 24 on there are no callbacks: a handler answers with its value or with a promise
// (AWS: blogs/compute/node-js-24-runtime-now-available-in-aws-lambda).
const withCallbacks = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV)?.[1] ?? 0) < 24;
const handlerPage = 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

function checkCallback(handler) {
  if (handler.length < 3) return;
  if (!withCallbacks) {
    throw new RuntimeError('CallbackHandlerDeprecated', `ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. ${handlerPage}`);
  }
}

// Calls.
function contextOf(headers, done) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const given = headers['lambda-runtime-client-context'];
  const context = {
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: given ? JSON.parse(given) : undefined,
    identity: undefined,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
  };
  if (withCallbacks) context.callbackWaitsForEmptyEventLoop = true;
  if (withCallbacks && done) Object.assign(context, { done, succeed: (value) => done(null, value), fail: (error) => done(error ?? 'handled') });
  return context;
}

// Runs one call and returns when it is reported.
function runCall(handler, { headers, body }) {
  currentRequest = headers['lambda-runtime-aws-request-id'];
  env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  return new Promise((resolve) => {
    let over = false;
    const finish = (where, content, errorType) => {
      over = true;
      process.removeAllListeners('beforeExit');
      connection.hold();
      post(`invocation/${currentRequest}/${where}`, content, errorType).then(resolve);
    };
    const fail = (error) => {
      if (over) return;
      logError('Invoke Error', error);
      const report = reportOf(error);
      finish('error', JSON.stringify(report), report.errorType);
    };
    const succeed = (value) => {
      if (over) return;
      let content;
      try {
        content = JSON.stringify(value === undefined ? null : value) ?? 'null';
      } catch {
        fail(new RuntimeError('UnserializableResponse', 'Unable to stringify response body'));
        return;
      }
      finish('response', content);
    };
    let settled = false; // a callback came, and its answer waits for the event loop to become empty
    const done = (error, value) => {
      if (over || settled) return;
      if (error !== undefined && error !== null) return fail(error);
      if (context.callbackWaitsForEmptyEventLoop === false) return succeed(value);
      settled = true;
      process.removeAllListeners('beforeExit');
      process.once('beforeExit', () => succeed(value));
    };
    // context.done and its like do not wait.
    const context = contextOf(headers, (error, value) => (error !== undefined && error !== null ? fail(error) : succeed(value)));
    connection.release();
    try {
      const result = handler(JSON.parse(body.toString()), context, done);
      const promised = typeof result?.then === 'function';
      if (promised) result.then(succeed, fail);
      else if (!withCallbacks) succeed(result);
      if (!settled && !over) {
        process.once('beforeExit', () => (promised ? fail(unsettled()) : succeed(null)));
      }
    } catch (error) {
      fail(error);
    }
  });
}

// Runs one call of a handler that streams its answer. Nobody waits for timers that it leaves behind.
async function runStreamingCall(handler, { headers, body }) {
  currentRequest = headers['lambda-runtime-aws-request-id'];
  env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  const stream = new ResponseStream(connection, `POST ${prefix}invocation/${currentRequest}/response HTTP/1.1\r\nHost: runtime\r\n`, handler, RuntimeError, reportOf);
  currentStream = stream;
  const fail = (error) => {
    logError('Invoke Error', error);
    stream.fail(reportOf(error));
  };
  let returned = false;
  let stuck; // nothing will happen any more, and the stream has not ended
  const idle = new Promise((resolve) => {
    stuck = () => {
      fail(returned ? 'Response stream is not finished.' : unsettled());
      resolve();
    };
  });
  process.once('beforeExit', stuck);
  const context = contextOf(headers);
  connection.release();
  try {
    const result = handler(JSON.parse(body.toString()), stream, context);
    if (typeof result?.then !== 'function') {
      fail('Streaming does not support non-async handlers.');
    } else if ((await Promise.race([result, idle])) !== undefined) {
      console.warn('Streaming handlers ignore return values.');
    }
    returned = true;
  } catch (error) {
    fail(error);
  }
  await stream.taken;
  process.removeListener('beforeExit', stuck);
  connection.hold();
  currentStream = undefined;
}

const unsettled = () => new RuntimeError('NodeJsExit', 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes');

// An error that nobody caught ends the process after it is reported.
async function crash(title, error, code) {
  logError(title, error);
  const report = reportOf(error);
  connection.hold();
  if (currentStream?.sent) {
    currentStream.fail(report);
    await currentStream.taken;
    process.exit(code);
  }
  await post(currentRequest ? `invocation/${currentRequest}/error` : 'init/error', JSON.stringify(report), report.errorType);
  process.exit(code);
}

process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('UnhandledPromiseRejection', isError(reason) ? `${reason.name}: ${reason.message}` : String(reason));
  error.reason = isError(reason) ? reportOf(reason) : reason;
  crash('Unhandled Promise Rejection', error, 128);
});

process.argv.splice(1, process.argv.length, '/var/runtime/index.mjs');
if (!['1', 'true'].includes(env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) globalThis.awslambda = awslambda;
let handler;
let run;
try {
  handler = await findHandler(env._HANDLER);
  run = streams(handler, RuntimeError) ? runStreamingCall : runCall;
  if (run === runCall) checkCallback(handler);
} catch (error) {
  await crash('Uncaught Exception', error, 1);
}
const nextHead = `GET ${prefix}invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n`;
for (;;) {
  const call = await connection.request(nextHead);
  await run(handler, call);
  currentRequest = undefined;
}
