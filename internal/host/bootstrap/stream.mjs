// Response streaming: what a handler made by awslambda.streamifyResponse writes goes to the Runtime API at once, in
// chunks. An error that comes later is told in trailers
// (AWS: lambda/latest/dg/configuration-response-streaming.html and runtimes-custom.html).

import { Writable } from 'node:stream';

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const preludeType = 'application/vnd.awslambda.http-integration-response';

// What handlers find as the global awslambda.
export const awslambda = {
  streamifyResponse(handler, options) {
    handler[streaming] = 'response';
    if (typeof options?.highWaterMark === 'number') handler[highWaterMark] = Math.trunc(options.highWaterMark);
    return handler;
  },
  HttpResponseStream: {
    // Puts a status and headers, as JSON, before what is written.
    from(stream, prelude) {
      stream.setContentType(preludeType);
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(new Uint8Array(8));
      };
      return stream;
    },
  },
};

// Whether a handler streams; it throws for a mark that means something else.
export function streams(handler, RuntimeError) {
  const mark = handler[streaming];
  if (mark === undefined || mark === null || mark === false) return false;
  if (mark !== 'response') throw new RuntimeError('MalformedStreamingHandler', 'Only response streaming is supported.');
  return true;
}

// What is neither text nor bytes is written as JSON.
const writable = (chunk) => (typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk));

// The answer to one call. Nothing is sent before its first byte or its end. It needs the connection to the Runtime API,
// the beginning of the request's head, the handler, what makes a runtime's errors and what makes reports of errors.
export class ResponseStream extends Writable {
  #connection;
  #head;
  #RuntimeError;
  #reportOf;
  #contentType = 'application/octet-stream';
  #error; // the report of what ends the answer, if it does not end well
  #completed;
  #taken;
  sent = false; // the head is on its way
  taken = new Promise((resolve) => { this.#taken = resolve; }); // by the Runtime API, to the end

  constructor(connection, head, handler, RuntimeError, reportOf) {
    super({ highWaterMark: handler[highWaterMark] });
    this.#connection = connection;
    this.#head = head;
    this.#RuntimeError = RuntimeError;
    this.#reportOf = reportOf;
    this.on('error', () => {}); // an answer that breaks off is told in its trailers
  }

  setContentType(type) {
    if (this.sent) throw new this.#RuntimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    this.#contentType = type;
  }

  write(chunk, encoding, callback) {
    return super.write(writable(chunk), encoding, callback);
  }

  end(chunk, encoding, callback) {
    const none = chunk === undefined || chunk === null || typeof chunk === 'function';
    return super.end(none ? chunk : writable(chunk), encoding, callback);
  }

  // Ends the answer with an error, unless it has ended.
  fail(report) {
    this.#error = report;
    if (!this.writableEnded) this.end();
  }

  _write(chunk, encoding, callback) {
    this.#begin();
    this.#chunk(chunk, callback);
  }

  _writev(chunks, callback) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', callback);
  }

  _final(callback) {
    this.#complete(this.#error).then(() => callback());
  }

  // A pipeline that fails destroys where it leads to.
  _destroy(error, callback) {
    const broken = error ?? new this.#RuntimeError('TruncatedResponse', 'The response stream was destroyed before its end.');
    this.#complete(this.#error ?? this.#reportOf(broken)).then(() => callback(error));
  }

  #begin() {
    if (this.sent) return;
    this.sent = true;
    this.#connection.hold();
    this.#connection.send(
      `${this.#head}Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n` +
        'Trailer: Lambda-Runtime-Function-Error-Type\r\nTrailer: Lambda-Runtime-Function-Error-Body\r\n' +
        `Content-Type: ${String(this.#contentType).replace(/[^\x20-\x7e]/g, '?')}\r\n\r\n`,
    );
    this._onBeforeFirstWrite?.((chunk) => this.#chunk(Buffer.from(chunk)));
  }

  #chunk(chunk, callback) {
    if (chunk.length > 0) this.#connection.send(`${chunk.length.toString(16)}\r\n`, chunk, '\r\n', callback);
    else callback?.();
  }

  // Writes the answer's end, once.
  #complete(report) {
    this.#completed ??= this.#finish(report);
    return this.#completed;
  }

  async #finish(report) {
    let trailers = '';
    if (report) {
      if (!this.sent) this._onBeforeFirstWrite = undefined;
      const type = String(report.errorType).replace(/[^\x21-\x7e]/g, '?');
      const body = Buffer.from(JSON.stringify(report)).toString('base64');
      trailers = `Lambda-Runtime-Function-Error-Type: ${type}\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n`;
    }
    this.#begin();
    await this.#connection.request(`0\r\n${trailers}\r\n`);
    this.#taken();
  }
}
