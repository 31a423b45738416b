import { ISTHMUS } from '../programs.ts';
import type { Machine } from '../world/machine.ts';
import { RUN_DIR } from './agent.ts';

const FILES = ['ca.crt', 'node.crt', 'node.key'] as const;
const TLS_DIR = `${RUN_DIR}/tls`;

/**
 * What a cluster file of the lab says under `replication`, so that the files are found that `installTls` has put there.
 */
export const GRPC_IN_FILE = `replication:
  grpc: { ca: ${TLS_DIR}/ca.crt, certificate: ${TLS_DIR}/node.crt, key: ${TLS_DIR}/node.key }
`;

/** An authority with a key and certificate for each node of a cluster file, made as an operator makes it. */
export class LabAuthority {
  readonly #maker: Machine;
  readonly #directory: string;

  private constructor(maker: Machine, directory: string) {
    this.#maker = maker;
    this.#directory = directory;
  }

  /** @param name of the directory where it is kept on the machine that makes it */
  static async make(maker: Machine, name: string, clusterFile: string): Promise<LabAuthority> {
    const [directory, file] = [`/run/${name}`, `/run/${name}.yaml`];
    await maker.writeFile(file, clusterFile);
    await maker.run([process.execPath, ISTHMUS, 'config', 'init-tls', '--out', directory, file]);
    return new LabAuthority(maker, directory);
  }

  /** Puts the files of a node where its machine's agent looks for them. */
  async install(node: string, machine: Machine): Promise<void> {
    for (const file of FILES) {
      const text = await this.#maker.readFile(`${this.#directory}/${node}/${file}`);
      await machine.writeFile(`${TLS_DIR}/${file}`, text, 0o600);
    }
  }
}
