import { readImports } from '../../../src/host/exchange/readImports.ts';

// Imports the file that is named, and sends what came of it and how much memory it took, in MB.
const [file = ''] = process.argv.slice(2);
const [read] = await readImports({ places: [file], texts: [], forbidden: [] }, () => undefined);
process.send?.({
	problem: read?.problem,
	formatId: read?.formatId,
	items: read?.items.map(({ kind, facts }) => [kind, ...facts]) ?? [],
	report: read?.report ?? [],
	longest: Math.max(0, ...(read?.imported?.fixtures ?? []).map(({ text }) => Buffer.byteLength(text))),
	peak: process.resourceUsage().maxRSS / 1024,
});
