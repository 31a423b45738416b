import type { Nat64Options, SiitOptions } from '../../../src/translator/options.ts';
import { nat64InFile, siitInFile } from '../translator/options-in-file.ts';

const common = { mtuPlateaus: [1492], icmp: { source4: '192.0.2.1', source6: '2001:db8::1', errorsPerSource: 1000 } };
const SEED = '00'.repeat(32);

export const nat64Options: Nat64Options = nat64InFile(
  {
    ...common,
    pool6: '64:ff9b::/96',
    pool4: [{ prefix: '11.64.0.0/29', protocols: ['tcp', 'udp'] }],
    limits: { sharePerClient: 100, sharePerNetwork: 100, reserve: 0, sessionsFromOutsidePerClient: 0 },
    addressDependentFiltering: true,
  },
  2,
  SEED,
);

/** The example of RFC 7757 section 4 in small: one server, and the rest of the internet behind pool6. */
export const siitOptions: SiitOptions = siitInFile(
  {
    ...common,
    pool6: '2001:db8:100::/40',
    eam: [
      { v6: '2001:db8:3::/120', v4: '1.0.0.0/24' },
      { v6: '2001:db8:4::99', v4: '1.0.0.7' },
    ],
    eamHairpin: 'none',
    denylist4: ['9.0.0.0/8'],
    rfc6791Extension: true,
  },
  SEED,
);
