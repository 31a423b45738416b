import { ControlServer } from '../agent/control/control-server.ts';
import { type EndOfRun, untilEnd } from '../agent/compose/end-of-run.ts';
import { AlreadyRunningError, LockFile } from '../agent/files/lock-file.ts';
import { findMistakesHere } from '../agent/config/machine-checks.ts';
import { RunMark } from '../agent/files/run-mark.ts';
import { readNodeConfig, type NodeConfig } from '../agent/config/node-config.ts';
import { StatePaths } from '../agent/files/state-paths.ts';
import { ServiceNotice, watchdogMs } from '../agent/compose/service-notice.ts';
import { type RunningNode, startNode } from '../agent/compose/start-node.ts';
import { placesIn } from '../cluster/cluster-file.ts';
import type { LogLevel } from '../cluster/log-levels.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { dropCapabilities, missingCapabilities } from '../linux/capabilities.ts';
import { exitNow, notifyServiceManager, tryLockFile } from '../linux/service.ts';
import type { HttpAddress } from '../cluster/http-address.ts';
import { codeOf } from '../codes.ts';
import type { LogFormat } from '../observe/log-format.ts';
import { type LogOutput, openLogOutput } from '../observe/log-output.ts';
import { createLog } from '../observe/logger.ts';
import { systemClock } from '../replication/clock.ts';
import { AgentHttp, refuseExposure } from './agent-http.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';

export interface AgentOptions {
  readonly config: string;
  readonly node: string;
  readonly runDir: string;
  readonly stateDir?: string;
  readonly http?: HttpAddress;
  readonly logLevel?: LogLevel;
  readonly logFormat: LogFormat;
}

type Log = ReturnType<typeof createLog>;

const STDOUT = 1;
/**
 * Maximum time from the reason to end until the process has ended, whatever FRR, the guard, the other nodes or the disk
 * do. A guard that is left then withdraws by itself.
 */
const STOP_MS = 15_000;
/** A start on a slow machine may take this long; systemd is told. Milliseconds. */
const START_MS = 180_000;
/** For the last events, and for the last lines of the log. */
const LAST_EVENTS_MS = 1000;
const LAST_LINES_MS = 1000;
/** What is still open after the last step does not keep the process. */
const EXIT_MS = 500;

/**
 * Runs a node until it is told to end. What can be refused is refused before anything is changed, with one line on
 * standard error.
 * @returns the exit status
 */
export async function runAgent(options: AgentOptions): Promise<number> {
  // Files and the control socket are the operator's alone.
  process.umask(0o077);
  const places = new StatePaths(options.node, options.runDir, options.stateDir ?? options.runDir);
  let config: NodeConfig;
  let lock: LockFile;
  try {
    config = await readNodeConfig(options.config, options.node);
    refuseExposure(options.http, config.file, config.cluster);
    const missing = missingCapabilities(['CAP_NET_ADMIN', 'CAP_SYS_ADMIN']);
    if (missing.length > 0) return refuse(`the agent needs ${missing.join(' and ')}: start it as root`, EXIT_FAILED);
    dropCapabilities('main');
    lock = LockFile.acquire(places.lock, tryLockFile);
  } catch (error) {
    if (error instanceof ConfigError) {
      // One line for each mistake, as compilers write them: editors jump there.
      process.stderr.write(`${error.message}\n`);
      return EXIT_USAGE;
    }
    if (error instanceof AlreadyRunningError) return refuse(error.message, EXIT_FAILED);
    throw error;
  }
  let status = EXIT_FAILED;
  try {
    status = await runLocked(options, config, places);
    return status;
  } finally {
    lock.release();
    endWithin(EXIT_MS, () => status);
  }
}

/** Ends the process if it has not ended by then. */
function endWithin(limitMs: number, status: () => number): void {
  setTimeout(() => exitNow(status()), limitMs).unref();
}

function refuse(text: string, status: number): number {
  process.stderr.write(`isthmus: ${text}\n`);
  return status;
}

async function runLocked(options: AgentOptions, config: NodeConfig, places: StatePaths): Promise<number> {
  let onLog: (failure: string | undefined) => void = () => undefined;
  const output = openLogOutput(STDOUT, systemClock, (failure) => onLog(failure));
  const log = createLog(options.logLevel ?? config.cluster.logLevel, output, options.logFormat);
  surviveBrokenStreams();
  let reload: () => void = () => undefined;
  const ended = untilEnd(
    process,
    () => reload(),
    (fault) => log.error('a fault of the program', { fault: fault instanceof Error ? fault.stack : String(fault) }),
  );
  // Also while the node is still being started.
  void ended.then(({ failed }) => endWithin(STOP_MS, () => (failed ? EXIT_FAILED : EXIT_OK)));
  const notice = openNotice();
  const http = await AgentHttp.read(config, options.http, (reason) => log.warn('HTTP endpoint', { reason }));
  notice.starting(START_MS);
  const mark = new RunMark(places);
  const tryMark = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn('how this run ends will not be known', { reason: messageOf(error) });
    }
  };
  let node: RunningNode;
  try {
    const setLogLevel = (level: LogLevel): void => log.setLevel(options.logLevel ?? level);
    node = await startNode(config, places, log, { setLogLevel, http }, mark.before());
    tryMark(() => mark.begin());
  } catch (error) {
    log.error('the node could not be started', { code: codeOf(error, 'start-failed'), reason: messageOf(error) });
    await output.flush(LAST_LINES_MS);
    return error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;
  }
  onLog = (failure) => reportLog(node, output, failure);
  reportMisfits(config, log).catch((error: unknown) =>
    log.error('the machine was not checked', { reason: messageOf(error) }),
  );
  reload = () => {
    node
      .reload()
      .catch((error: unknown) =>
        log.error('the reload failed', { code: codeOf(error, 'configuration-rejected'), reason: messageOf(error) }),
      );
  };
  const { reason, failed } = await serve(http, node, places, { log, ended, notice });
  tryMark(() => (failed ? mark.failed(reason, Date.now()) : mark.stopped()));
  await output.flush(LAST_LINES_MS);
  return failed ? EXIT_FAILED : EXIT_OK;
}

/** Libraries and Node.js itself write warnings there; a reader that went away must not end the agent. */
function surviveBrokenStreams(): void {
  process.stderr.on('error', () => undefined);
}

function reportLog({ agent, events }: RunningNode, output: LogOutput, failure: string | undefined): void {
  const reason = failure === undefined ? `${output.lost} lines were lost` : `standard output: ${failure}`;
  const to = failure === undefined ? 'log restored' : 'log lost lines';
  const code = failure === undefined ? 'log-restored' : 'log-lost';
  events.add({ code, subject: 'node', name: agent.status().node, to, reason });
}

function openNotice(): ServiceNotice {
  const { NOTIFY_SOCKET } = process.env;
  return new ServiceNotice(
    (message) => notifyServiceManager(message, NOTIFY_SOCKET),
    systemClock,
    watchdogMs(process.env, process.pid),
  );
}

/** Some of what is missing may come later, while the machine boots: it is said, and the checks go on looking. */
async function reportMisfits(config: NodeConfig, log: Log): Promise<void> {
  for (const { line, path, what, remedy } of await placesIn(config.file, await findMistakesHere(config))) {
    log.warn('the machine does not fit the cluster file', { line, path, what, remedy });
  }
}

/** Offers the control socket and the HTTP endpoint until the end, and takes everything down in the opposite order. */
async function serve(
  http: AgentHttp,
  node: RunningNode,
  places: StatePaths,
  { log, ended, notice }: { log: Log; ended: Promise<EndOfRun>; notice: ServiceNotice },
): Promise<EndOfRun> {
  let control: ControlServer | undefined;
  let end: EndOfRun;
  try {
    control = await ControlServer.start(places, node.handlers);
    await http.start(node);
    notice.ready(() => node.agent.tickedMs);
    end = await Promise.race([ended, node.broken.then((reason) => ({ reason, failed: true }))]);
  } catch (error) {
    end = { reason: `it cannot be asked anything: ${messageOf(error)}`, failed: true };
  }
  const status = end.failed ? EXIT_FAILED : EXIT_OK;
  endWithin(STOP_MS, () => status);
  log.info('the agent ends', { reason: end.reason });
  notice.stopping(end.reason);
  await node.agent.stop(end.reason);
  await node.natLog.stop(LAST_LINES_MS);
  await http.close();
  control?.stop();
  await Promise.all([
    node.flushEvents(LAST_EVENTS_MS),
    node.history.flush(LAST_EVENTS_MS),
    node.notifications.close(LAST_EVENTS_MS),
  ]);
  return end;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
