import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPage } from '../../../deploy/page.mjs';
import { HttpService } from '../../../src/observe/http-service.ts';
import { readAssets } from '../../../src/observe/page-assets.ts';
import { PAGE_TIMES, PageFeed, type PageTimes } from '../../../src/observe/page-feed.ts';
import { peerEvents, topClients } from './peers.ts';
import { lastHour, type Scene, someEvents } from './scenes.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The real page and its real service over statuses that a test makes up. */
export class PageStage {
  readonly url: string;
  readonly feed: PageFeed;
  readonly #service: HttpService;
  readonly #folder: string;

  private constructor(url: string, feed: PageFeed, service: HttpService, folder: string) {
    this.url = url;
    this.feed = feed;
    this.#service = service;
    this.#folder = folder;
  }

  static async open(scene: () => Scene, nodes: readonly string[], times: PageTimes = PAGE_TIMES): Promise<PageStage> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-page-'));
    await buildPage(ROOT, folder);
    const begun = Date.now();
    const status = async (): Promise<ReturnType<Scene>> => scene()(Date.now(), (Date.now() - begun) / 1000);
    const onError = (reason: string): void => void process.stderr.write(`${reason}\n`);
    const feed = new PageFeed(
      {
        take: status,
        peerEvents: async () => peerEvents(begun),
        topClients: async () => topClients(Date.now() - begun),
        drops: async () => ({ reasons: [] }),
        store: () => undefined,
        onError,
      },
      lastHour(begun, nodes),
      times,
    );
    for (const event of someEvents(begun)) feed.event(event);
    const take = async () => ({ status: await status(), process: '' });
    const service = new HttpService({ take, onError, feed, assets: readAssets(pathToFileURL(`${folder}/`)) });
    const port = await service.listen({ host: '127.0.0.1', port: 0 });
    feed.start();
    return new PageStage(`http://127.0.0.1:${port}/`, feed, service, folder);
  }

  async close(): Promise<void> {
    this.feed.stop();
    await this.#service.close();
    await rm(this.#folder, { recursive: true });
  }
}
