import { leaveBatches } from '../common/suiteModel.ts';
import { exitCodes } from './exitCodes.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between the end of a command and that of its process: what still runs then is of no use to anybody. */
const patience = 2_000;

/** The terminal of this process. `end` gives its exit code once everything is written. */
export function processTerminal(): { terminal: Terminal; end: (code: number) => void } {
	const stopping = new AbortController();
	let closed = false;
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			// The reader of a pipe has gone, as with `| head`: nobody waits for the rest.
			if (error.code !== 'EPIPE') {
				throw error;
			}
			closed ||= stream === process.stdout;
			stopping.abort(leaveBatches);
		});
	}
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (stopping.signal.aborted) {
				process.exit(exitCodes.interrupted);
			}
			stopping.abort(leaveBatches);
		});
	}
	const { env } = process;
	const isPlain = env['TERM'] === 'dumb' || (env['CI'] ?? '') !== '';
	const hasColours = (stream: NodeJS.WriteStream) =>
		(env['NO_COLOR'] ?? '') === '' && stream.isTTY && env['TERM'] !== 'dumb';
	const terminal: Terminal = {
		out: (text) => void (closed || process.stdout.write(text)),
		err: (text) => void process.stderr.write(text),
		isInteractive: process.stderr.isTTY && !isPlain,
		columns: () => process.stderr.columns ?? 80,
		colours: { out: hasColours(process.stdout), err: hasColours(process.stderr) },
		environment: env,
		folder: process.cwd(),
		signal: stopping.signal,
	};
	const end = (code: number) => {
		process.exitCode = code;
		setTimeout(() => process.exit(code), patience).unref();
	};
	return { terminal, end };
}
