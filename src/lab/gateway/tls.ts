import { ISTHMUS } from '../programs.ts';
import type { Machine } from '../world/machine.ts';
import { RUN_DIR } from './agent.ts';

const FILES = ['ca.crt', 'node.crt', 'node.key'] as const;
const TLS_DIR = `${RUN_DIR}/tls`;

/** The section `replication` of a cluster file for the files installed by `installTls`. */
export const GRPC_IN_FILE = `replication:
  grpc: { ca: ${TLS_DIR}/ca.crt, certificate: ${TLS_DIR}/node.crt, key: ${TLS_DIR}/node.key }
`;

/** A CA with a key and certificate for each node of a cluster file, made with the same command as by an operator. */
export class LabAuthority {
  readonly #maker: Machine;
  readonly #directory: string;

  private constructor(maker: Machine, directory: string) {
    this.#maker = maker;
    this.#directory = directory;
  }

  /** @param name directory on the machine that creates it */
  static async make(maker: Machine, name: string, clusterFile: string): Promise<LabAuthority> {
    const [directory, file] = [`/run/${name}`, `/run/${name}.yaml`];
    await maker.writeFile(file, clusterFile);
    await maker.run([process.execPath, ISTHMUS, 'config', 'init-tls', '--out', directory, file]);
    return new LabAuthority(maker, directory);
  }

  /** Installs the files of a node at the paths of the cluster file. */
  async install(node: string, machine: Machine): Promise<void> {
    for (const file of FILES) {
      const text = await this.#maker.readFile(`${this.#directory}/${node}/${file}`);
      await machine.writeFile(`${TLS_DIR}/${file}`, text, 0o600);
    }
  }
}
