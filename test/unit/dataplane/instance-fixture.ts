import type { InstanceOptions } from '../../../src/dataplane/instance-options.ts';
import { OPTIONS } from '../translator/nat64/bench-of-one.ts';

/** A nat64 instance that nothing on this machine belongs to yet. */
export const INSTANCE: InstanceOptions = {
  name: 'bench',
  tunName: 'isthmus0',
  runDirectory: '/run/isthmus',
  worker: {},
  translator: OPTIONS,
};
