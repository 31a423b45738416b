import { readFileSync } from 'node:fs';

export interface PageAsset {
  readonly type: string;
  readonly body: string;
}

const FILES = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/style.css', 'style.css', 'text/css; charset=utf-8'],
  ['/icon.svg', 'icon.svg', 'image/svg+xml'],
] as const;

/** The build's output beside this file. */
const BUILT = new URL('./page/', import.meta.url);

/** The files of the page by path. @throws Error: one is missing */
export function readAssets(folder = BUILT): ReadonlyMap<string, PageAsset> {
  return new Map(
    FILES.map(([path, name, type]) => {
      const body = readFileSync(new URL(name, folder), 'utf8');
      return [path, { type, body }];
    }),
  );
}
