// Time from Stop to the closed socket in every moment of a run, against a server that speaks the real wire. A time over the
// budget makes the run fail.
import type { RunPart } from '../../src/providers/provider.ts';
import { until } from '../support/eventually.ts';
import { cancelMoments, isReached, type CancelMoment } from '../support/wire/cancelMoments.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../support/wire/wiredModels.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const budgetMs = 200;
/** For each API and moment. */
const rounds = 10;

type Wired = (typeof wiredApis)[number];

const wire = await WireServer.start();
let within = true;
for (const moment of cancelMoments) {
	const times: number[] = [];
	for (const wired of wiredApis) {
		for (let round = 0; round < rounds; round++) {
			times.push(await cancelOnce(wired, moment));
		}
	}
	within = report(moment.name, times) && within;
}
const times: number[] = [];
for (const wired of wiredApis) {
	times.push(...(await cancelParallel(wired, 50)));
}
within = report('fifty in parallel', times) && within;
await wire.stop();
process.exitCode = within ? 0 : 1;

function report(name: string, times: number[]): boolean {
	const sorted = times.toSorted((a, b) => a - b);
	const slowest = sorted.at(-1)!;
	const value = `median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms, slowest of ${times.length} ${slowest.toFixed(1)} ms`;
	console.log(`${slowest <= budgetMs ? ' ' : '✘'} ${`cancel to closed socket, ${name}`.padEnd(74)} ${value}`);
	return slowest <= budgetMs;
}

/** Milliseconds; where no connection is open at the moment, to the end of the run. */
async function cancelOnce({ api, id }: Wired, moment: CancelMoment): Promise<number> {
	wire.reset();
	wire.reply(api, moment.reply(wire, api));
	const log: string[] = [];
	const keep = (text: string) => void log.push(text);
	const controller = new AbortController();
	const parts: RunPart[] = [];
	const models = wiredModels(wire, { log: { debug: keep, warn: keep } });
	const running = (async () => {
		for await (const part of models.run(runRequest({ model: `${id}/m`, signal: controller.signal }))) {
			parts.push(part);
		}
	})();
	await until(() => isReached(moment, { wire, api, parts, log }), moment.name);
	const abortedAt = performance.now();
	controller.abort();
	await running;
	const endedAt = performance.now();
	if (!moment.connected) {
		return endedAt - abortedAt;
	}
	const request = wire.requestsTo(api)[0];
	await until(() => request?.leftAt !== undefined, 'the client left');
	return request!.leftAt! - abortedAt;
}

async function cancelParallel({ api, id }: Wired, count: number): Promise<number[]> {
	wire.reset();
	wire.always(api, wire.script[api]({ text: 'x', hold: { after: 'text', name: 'never' } }));
	const models = wiredModels(wire, { maxParallel: count });
	const controller = new AbortController();
	const { signal } = controller;
	const runs = Array.from({ length: count }, () => collect(models.run(runRequest({ model: `${id}/m`, signal }))));
	const requests = () => wire.requestsTo(api);
	await until(() => requests().length === count && wire.holding === count, `${count} requests`);
	const abortedAt = performance.now();
	controller.abort();
	await Promise.all(runs);
	await until(() => requests().every(({ leftAt }) => leftAt !== undefined), 'all clients left');
	return requests().map(({ leftAt }) => leftAt! - abortedAt);
}
