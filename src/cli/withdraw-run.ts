import { readNodeConfig, upstreamOptionsOf } from '../agent/config/node-config.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { AnnouncementError } from '../frr/announcer.ts';
import { Upstreams } from '../frr/upstreams.ts';
import { EXIT_FAILED, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';

export interface WithdrawOptions {
  readonly config: string;
  readonly node: string;
  readonly json?: true;
}

export async function runWithdraw(options: WithdrawOptions): Promise<void> {
  try {
    await withdraw(options);
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof AnnouncementError)) throw error;
    printFailure(error, error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED, options.json === true);
  }
}

async function withdraw({ config, node, json }: WithdrawOptions): Promise<void> {
  const upstreams = upstreamOptionsOf(await readNodeConfig(config, node));
  const announcements = new Upstreams(upstreams, () => undefined).announcements;
  try {
    await announcements.withdraw();
    const seen = announcements.status();
    console.log(
      json === true ? JSON.stringify(seen) : `withdrawn: ${seen.map(({ peer }) => peer).join(', ') || 'nothing to do'}`,
    );
  } finally {
    await announcements.stop();
  }
}
