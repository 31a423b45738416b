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
import { systemClock, within } from '../replication/clock.ts';
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
 * Maximum time from the request to end until the process has ended, whatever FRR, the guard, other nodes or the disk
 * do. If it is exceeded, the guard withdraws.
 */
const STOP_MS = 15_000;
/** Maximum start time on a slow machine, reported to systemd. Milliseconds. */
const START_MS = 180_000;
/** Time limit for writing the last events and log lines. */
const LAST_EVENTS_MS = 1000;
const LAST_LINES_MS = 1000;
/** Open resources do not keep the process alive for longer after the last step. */
const EXIT_MS = 500;

/**
 * Runs a node until a signal ends it. Configuration errors are reported before anything is changed, with one line on
 * standard error.
 * @returns the exit status
 */
export async function runAgent(options: AgentOptions): Promise<number> {
  // Files and the control socket are accessible to the operator only.
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
      // One line per mistake, in the format of compilers, which editors understand.
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

/** Ends the process if it has not ended within the time limit. */
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
  // Applies also while the node is still starting.
  void ended.then(({ failed }) => endWithin(STOP_MS, () => (failed ? EXIT_FAILED : EXIT_OK)));
  const notice = openNotice();
  const http = await AgentHttp.read(config, options.http, (reason) => log.warn('HTTP endpoint', { reason }));
  notice.starting(START_MS);
  const mark = new RunMark(places);
  const tryMark = async (work: () => Promise<void>): Promise<void> => {
    try {
      await within(systemClock, LAST_LINES_MS, work());
    } catch (error) {
      log.warn('how this run ends will not be known', { reason: messageOf(error) });
    }
  };
  let node: RunningNode;
  try {
    const setLogLevel = (level: LogLevel): void => log.setLevel(options.logLevel ?? level);
    node = await startNode(config, places, log, { setLogLevel, http }, mark.before());
    void tryMark(() => mark.begin());
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
  await tryMark(() => (failed ? mark.failed(reason, Date.now()) : mark.stopped()));
  await output.flush(LAST_LINES_MS);
  return failed ? EXIT_FAILED : EXIT_OK;
}

/** Libraries and Node.js write warnings there; a closed reader must not end the agent. */
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

/** Missing parts may appear later during boot: they are reported, and the checks continue. */
async function reportMisfits(config: NodeConfig, log: Log): Promise<void> {
  for (const { line, path, what, remedy } of await placesIn(config.file, await findMistakesHere(config))) {
    log.warn('the machine does not fit the cluster file', { line, path, what, remedy });
  }
}

/** Serves the control socket and the HTTP endpoint until the end, and shuts down in reverse order. */
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
