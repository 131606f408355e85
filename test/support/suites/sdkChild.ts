import { OpenAI } from 'openai';
import type { ChildFigures } from './benchChild.ts';

// node sdkChild.js <base URL> <requests> <at once>: the same requests with the official SDK alone, answers only read.
const [baseURL = '', requests = '', concurrency = ''] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0 });
const start = performance.now();
const before = process.cpuUsage();
let asked = 0;
let passed = 0;
await Promise.all(
	Array.from({ length: Number(concurrency) }, async () => {
		while (asked < Number(requests)) {
			const messages = [{ role: 'user' as const, content: `Question ${asked++}?` }];
			let text = '';
			for await (const chunk of await client.chat.completions.create({ model: 'm', stream: true, messages })) {
				text += chunk.choices[0]?.delta.content ?? '';
			}
			passed += text.includes('Hello') ? 1 : 0;
		}
	}),
);
const { user, system } = process.cpuUsage(before);
const figures: ChildFigures = {
	wall: performance.now() - start,
	cpu: (user + system) / 1000,
	peak: process.resourceUsage().maxRSS / 1024,
	heap: 0,
	passed,
	stoppedAt: 0,
};
process.send?.(figures);
process.disconnect?.();
