// Builds isthmus_VERSION-BUILD_ARCHITECTURE.deb and the tarball of the same files. Two builds of one commit give the same
// bytes: every time is that of the commit, every owner root, every order that of the names.
// Beside them isthmus-probe_VERSION-BUILD_all.deb, the probe alone for hosts that are no nodes.
// Usage: package.mjs [--arch amd64,arm64] [--build N] [--out FOLDER] [--compression 0-9] [--formats deb,tar,probe]
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundle, bundleProbe } from './bundle.mjs';
import { extract, fetchNode, fetchPackage, NODE_VERSION } from './node-runtime.mjs';
import { isthmusService } from './service-units.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const FILES = join(import.meta.dirname, 'files');
const NAPI = { amd64: 'x64', arm64: 'arm64' };

/** Bytes that a package may have, so that nothing large comes in unseen: Node.js is nearly all of it. */
const MAX_INSTALLED = 145 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    arch: { type: 'string', default: 'amd64,arm64' },
    build: { type: 'string', default: '1' },
    out: { type: 'string', default: join(ROOT, 'dist', 'packages') },
    compression: { type: 'string', default: '6' },
    formats: { type: 'string', default: 'deb,tar,probe' },
  },
});

const commit = git('rev-parse', '--short=12', 'HEAD');
const seconds = Number(git('log', '-1', '--format=%ct'));
const date = new Date(seconds * 1000).toISOString().slice(0, 10);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const number = Number(values.build);
const full = `${version}-${number}`;

function git(...words) {
  try {
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    const reason = error.code === 'ENOENT' ? 'git is missing: apt-get install git' : error.stderr.trim();
    process.stderr.write(`package: the version needs the commit of a clone: ${reason}\n`);
    return process.exit(1);
  }
}

function put(path, text, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

/** Files of deploy/package/files, by where they stand on a machine. */
const PLACES = [
  ['isthmus', 'usr/bin/isthmus', 0o755],
  ['netns', 'usr/lib/isthmus/netns', 0o755],
  ['sysusers.conf', 'usr/lib/sysusers.d/isthmus.conf', 0o644],
  ['tmpfiles.conf', 'usr/lib/tmpfiles.d/isthmus.conf', 0o644],
  ['sysctl.conf', 'usr/lib/sysctl.d/60-isthmus.conf', 0o644],
  ['logrotate.conf', 'etc/logrotate.d/isthmus', 0o644],
  ['needrestart.conf', 'etc/needrestart/conf.d/isthmus.conf', 0o644],
  ['frr-ordering.conf', 'usr/lib/systemd/system/frr@.service.d/isthmus.conf', 0o644],
];
const CONFIGURATION = ['/etc/logrotate.d/isthmus', '/etc/needrestart/conf.d/isthmus.conf'];

/** As Debian has it, of one version. */
function changelog(name) {
  const seen = name === 'isthmus' ? '; see changelog.gz' : '';
  const lines = `${name} (${full}) unstable; urgency=medium\n\n  * Built from commit ${commit}${seen}.\n\n`;
  const at = new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');
  return `${lines} -- Isthmus <packages@isthmus.invalid>  ${at}\n`;
}

/** Everything under /usr and /etc that is the same for every architecture. */
function putCommonFiles(stage, pages) {
  for (const [name, place, mode] of PLACES) put(join(stage, place), readFileSync(join(FILES, name)), mode);
  const units = join(stage, 'usr/lib/systemd/system');
  for (const name of readdirSync(join(ROOT, 'deploy/systemd'))) {
    put(join(units, name), readFileSync(join(ROOT, 'deploy/systemd', name)));
  }
  const template = readFileSync(join(ROOT, 'deploy/systemd/isthmus@.service'), 'utf8');
  put(join(units, 'isthmus.service'), isthmusService(template));
  for (const name of readdirSync(join(pages, 'man'))) {
    const place = join(stage, `usr/share/man/man${name.at(-1)}`, `${name}.gz`);
    put(place, gzipSync(readFileSync(join(pages, 'man', name)), { level: 9 }));
  }
  const completion = [
    ['isthmus.bash', 'usr/share/bash-completion/completions/isthmus'],
    ['_isthmus', 'usr/share/zsh/vendor-completions/_isthmus'],
    ['isthmus.fish', 'usr/share/fish/vendor_completions.d/isthmus.fish'],
  ];
  for (const [name, place] of completion) put(join(stage, place), readFileSync(join(pages, 'completion', name)));
  put(join(stage, 'usr/share/isthmus/config.schema.json'), readFileSync(join(pages, 'config.schema.json')));
  const documents = join(stage, 'usr/share/doc/isthmus');
  cpSync(join(ROOT, 'deploy/examples'), join(documents, 'examples'), { recursive: true });
  for (const name of ['docs', 'deploy/prometheus', 'deploy/grafana']) {
    cpSync(join(ROOT, name), join(documents, basename(name)), { recursive: true });
  }
  for (const name of ['README.md', 'SECURITY.md']) put(join(documents, name), readFileSync(join(ROOT, name)));
  put(join(documents, 'copyright'), readFileSync(join(FILES, 'debian/copyright')));
  put(join(documents, 'changelog.gz'), gzipSync(readFileSync(join(ROOT, 'CHANGELOG.md')), { level: 9 }));
  put(join(documents, 'changelog.Debian.gz'), gzipSync(changelog('isthmus'), { level: 9 }));
  put(join(stage, 'usr/share/lintian/overrides/isthmus'), readFileSync(join(FILES, 'debian/lintian-overrides')));
}

/** The program itself, as `postinst` makes the folder of a version from it. */
async function putProgram(folder, architecture) {
  const manifest = { name: 'isthmus', version, build: { number, commit, architecture } };
  mkdirSync(join(folder, 'lib'), { recursive: true });
  await bundle(ROOT, join(folder, 'lib/program'), manifest);
  // Two folders above the program, as in a checkout.
  cpSync(join(ROOT, 'deploy/drills'), join(folder, 'deploy/drills'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  fetchNode(architecture, join(folder, 'bin/node'));
  chmodSync(join(folder, 'bin/node'), 0o755);
  const napi = NAPI[architecture];
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const name = `@koromix/koffi-linux-${napi}`;
  const pinned = lock.packages[`node_modules/${name}`];
  const native = join(folder, `build/koffi/linux_${napi}/koffi.node`);
  mkdirSync(dirname(native), { recursive: true });
  extract(fetchPackage(name, pinned.version, pinned.integrity), `package/linux_${napi}/koffi.node`, native);
  chmodSync(native, 0o644);
}

/** Times and modes that do not tell of the machine that built it. @returns bytes of all files */
function settle(folder) {
  let bytes = 0;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const { mode } = statSync(path);
    if (statSync(path).isDirectory()) {
      bytes += settle(path);
      chmodSync(path, 0o755);
    } else {
      bytes += statSync(path).size;
      chmodSync(path, mode & 0o111 ? 0o755 : 0o644);
    }
    lutimesSync(path, seconds, seconds);
  }
  return bytes;
}

function control(architecture, bytes) {
  return `Package: isthmus
Version: ${full}
Architecture: ${architecture}
Maintainer: Isthmus <packages@isthmus.invalid>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6 (>= 6.0), iproute2
Recommends: frr, ethtool, logrotate
Suggests: unbound, radvd
Section: net
Priority: optional
Description: highly available NAT64/SIIT gateway
 Isthmus makes a highly available NAT64/SIIT gateway out of plain Linux
 machines: a translator in user space with a fast path in eBPF, and an agent
 that replicates sessions to the other nodes, monitors the node's health and
 withdraws its routes through FRR when it fails.
 .
 The package carries its own Node.js ${NODE_VERSION}.
`;
}

function putControl(stage, architecture, bytes) {
  const debian = join(stage, 'DEBIAN');
  put(join(debian, 'control'), control(architecture, bytes));
  put(join(debian, 'conffiles'), `${CONFIGURATION.join('\n')}\n`);
  for (const name of ['postinst', 'prerm', 'postrm']) {
    const text = readFileSync(join(FILES, 'debian', name), 'utf8').replaceAll('@VERSION@', `${full}-${commit}`);
    put(join(debian, name), text, 0o755);
  }
  const sums = execFileSync('sh', ['-c', 'find etc usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum'], {
    cwd: stage,
  });
  put(join(debian, 'md5sums'), sums);
}

const env = { ...process.env, SOURCE_DATE_EPOCH: String(seconds), LC_ALL: 'C' };

function makeTarball(stage, file) {
  const order = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${seconds}`, '--format=gnu'];
  const gzip = `gzip -n -${Math.max(1, Number(values.compression))}`;
  execFileSync('tar', [...order, '-I', gzip, '-cf', file, '-C', stage, '.'], { env });
}

/** Of a folder with its DEBIAN. */
function makeDeb(stage, file) {
  settle(stage);
  lutimesSync(stage, seconds, seconds);
  // One thread: with several the blocks, and with them the bytes, depend on the machine.
  // Also where speed is all that is asked for: Debian's archive takes no package without compression.
  const compressor = ['-Zxz', `-z${values.compression}`];
  const deb = ['--root-owner-group', '--threads-max=1', ...compressor, '--build'];
  execFileSync('dpkg-deb', [...deb, stage, file], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The probe alone: it runs on the Node.js of the machine, and needs no root. */
async function makeProbePackage(work) {
  const stage = join(work, 'probe');
  const program = join(stage, 'usr/lib/isthmus-probe');
  mkdirSync(program, { recursive: true });
  await bundleProbe(ROOT, program, { name: 'isthmus-probe', version, build: { number, commit } });
  put(join(stage, 'usr/bin/isthmus-probe'), readFileSync(join(FILES, 'isthmus-probe')), 0o755);
  const documents = join(stage, 'usr/share/doc/isthmus-probe');
  put(join(documents, 'copyright'), readFileSync(join(FILES, 'probe/copyright')));
  put(join(documents, 'changelog.Debian.gz'), gzipSync(changelog('isthmus-probe'), { level: 9 }));
  put(join(stage, 'usr/share/lintian/overrides/isthmus-probe'), readFileSync(join(FILES, 'probe/lintian-overrides')));
  const bytes = settle(stage);
  const text = readFileSync(join(FILES, 'probe/control'), 'utf8');
  const size = String(Math.ceil(bytes / 1024));
  put(join(stage, 'DEBIAN/control'), text.replace('@VERSION@', full).replace('@SIZE@', size));
  const file = join(values.out, `isthmus-probe_${full}_all.deb`);
  makeDeb(stage, file);
  process.stdout.write(`${file}: ${Math.ceil(statSync(file).size / 1024)} KiB\n`);
}

async function makePackage(architecture, pages, work) {
  const stage = join(work, architecture);
  putCommonFiles(stage, pages);
  await putProgram(join(stage, 'usr/lib/isthmus/package'), architecture);
  const bytes = settle(stage);
  if (bytes > MAX_INSTALLED) throw new Error(`${bytes} bytes installed; at most ${MAX_INSTALLED} are wanted`);
  const name = join(values.out, `isthmus_${full}_${architecture}`);
  const formats = values.formats.split(',');
  if (formats.includes('tar')) makeTarball(stage, `${name}.tar.gz`);
  putControl(stage, architecture, bytes);
  makeDeb(stage, `${name}.deb`);
  for (const ending of formats.includes('tar') ? ['deb', 'tar.gz'] : ['deb']) {
    const size = (statSync(`${name}.${ending}`).size / 1024 / 1024).toFixed(1);
    process.stdout.write(`${name}.${ending}: ${size} MiB (${(bytes / 1024 / 1024).toFixed(1)} MiB installed)\n`);
  }
}

const work = mkdtempSync(join(tmpdir(), 'isthmus-package-'));
try {
  process.umask(0o022);
  mkdirSync(values.out, { recursive: true });
  const writer = join(ROOT, `node_modules/.cache/isthmus-pages-${process.pid}.mjs`);
  const entry = join(ROOT, 'src/cli/pages/pages-main.ts');
  const common = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' };
  await build({ ...common, absWorkingDir: ROOT, entryPoints: [entry], outfile: writer });
  execFileSync(process.execPath, [writer, join(work, 'pages'), full, date]);
  rmSync(writer);
  if (values.formats.split(',').includes('probe')) await makeProbePackage(work);
  for (const architecture of values.arch.split(',')) await makePackage(architecture, join(work, 'pages'), work);
} finally {
  rmSync(work, { recursive: true });
}
