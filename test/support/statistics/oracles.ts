import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../vscode/projectRoot.ts';

interface Oracle<Inputs, Outputs> {
	id: string;
	family: string;
	inputs: Inputs;
	outputs: Outputs;
	/** Of every number in `outputs`. */
	tolerance: { abs: number } | { rel: number };
}

const { rows } = JSON.parse(readFileSync(join(projectRoot, 'fixtures', 'statistics', 'oracles.json'), 'utf8')) as {
	rows: Oracle<unknown, unknown>[];
};

/** Published numbers of a family of formulas; a family without any fails. */
export function oracles<Inputs, Outputs>(family: string): Oracle<Inputs, Outputs>[] {
	const found = rows.filter((row) => row.family === family);
	if (found.length === 0) {
		throw new Error(`No published numbers of ${family}`);
	}
	return found as Oracle<Inputs, Outputs>[];
}
