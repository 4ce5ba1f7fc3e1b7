// Lets ES modules import packages from layers. By itself import looks into no folder of NODE_PATH; on AWS it does.
//
// The bootstrap registers this file's resolve as a hook, which runs in a thread of its own.

import path from 'node:path';
import { pathToFileURL } from 'node:url';

let parents = []; // a file beside each folder node_modules

export function initialize({ folders }) {
  parents = folders.map((folder) => pathToFileURL(path.join(folder, '..', 'layer.mjs')).href);
}

const isPackage = (specifier) => !/^(\.{0,2}\/|\.{1,2}$|[a-z]+:)/i.test(specifier);

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !isPackage(specifier)) throw error;
    for (const parentURL of parents) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch (other) {
        if (other?.code !== 'ERR_MODULE_NOT_FOUND') throw other;
      }
    }
    throw error;
  }
}
