// The connection to the Runtime API: one, kept alive. The host only sends bodies with a Content-Length.

import net from 'node:net';

export class Connection {
  #socket;
  #chunks = [];
  #size = 0;
  #wanted = null; // how to go on when bytes come

  constructor(address) {
    const at = address.lastIndexOf(':');
    this.#socket = net.connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)), noDelay: true });
    this.#socket.on('data', (chunk) => {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      this.#wanted?.();
    });
    const gone = () => process.reallyExit(0); // the host has gone
    this.#socket.on('close', gone).on('error', gone);
  }

  // The process may end, or be found idle, while no answer is awaited.
  hold() { this.#socket.ref(); }
  release() { this.#socket.unref(); }

  // Writes in one piece, and calls back when the system has taken it.
  send(...parts) {
    const callback = typeof parts.at(-1) === 'string' || parts.at(-1) instanceof Uint8Array ? undefined : parts.pop();
    this.#socket.cork();
    for (const part of parts.slice(0, -1)) this.#socket.write(part);
    this.#socket.write(parts.at(-1), callback);
    this.#socket.uncork();
  }

  request(head, body) {
    if (body === undefined) this.#socket.write(head);
    else this.send(head, body);
    return new Promise((resolve) => {
      let answer = null;
      this.#wanted = () => {
        answer ??= this.#head();
        if (answer === null || this.#size < answer.end) return;
        this.#wanted = null;
        const all = this.#join();
        this.#chunks = all.length > answer.end ? [all.subarray(answer.end)] : [];
        this.#size = all.length - answer.end;
        resolve({ headers: answer.headers, body: all.subarray(answer.start, answer.end) });
      };
      this.#wanted();
    });
  }

  #join() {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #head() {
    const all = this.#join();
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const headers = {};
    for (const line of all.toString('utf8', 0, end).split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const start = end + 4;
    return { headers, start, end: start + Number(headers['content-length'] ?? 0) };
  }
}
