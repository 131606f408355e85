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

/** Published numbers of a family of formulas; a family without any fails. */
export function oracles<Inputs, Outputs>(family: string): Oracle<Inputs, Outputs>[] {
	return ofFamily(family, 'oracles.json') as Oracle<Inputs, Outputs>[];
}

/** Those of methods that the product does not offer. */
export function oraclesOfOthers<Inputs, Outputs>(family: string): Oracle<Inputs, Outputs>[] {
	return ofFamily(family, 'other-methods.json') as Oracle<Inputs, Outputs>[];
}

function ofFamily(family: string, file: string): Oracle<unknown, unknown>[] {
	const { rows } = JSON.parse(readFileSync(join(projectRoot, 'fixtures', 'statistics', file), 'utf8')) as {
		rows: Oracle<unknown, unknown>[];
	};
	const found = rows.filter((row) => row.family === family);
	if (found.length === 0) {
		throw new Error(`No published numbers of ${family}`);
	}
	return found;
}
