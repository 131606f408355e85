import * as l10n from '@vscode/l10n';
import { isRecord } from '../reading/values.ts';
import type { Position } from '../source/linePositions.ts';
import type { SourceNode } from '../source/sourceNode.ts';
import { asLiteral } from '../template/literal.ts';
import type { CaseFile } from './caseFile.ts';

/** A recorded case, in the fields of a suite. */
interface MatrixCase {
	name: string;
	query: string;
	expected?: string;
	metadata: Record<string, string>;
	outputs: Record<string, string>;
}

/** The cells of a matrix that the Lab has saved; undefined if a file is something else. */
export function matrixCells(root: SourceNode): SourceNode[] | undefined {
	const entries = root.kind === 'map' ? [...root.entries()] : [];
	const cells = entries.find(({ key }) => key === 'cells')?.value;
	return cells?.kind === 'list' && entries.some(({ key }) => key === 'fixture') ? [...cells.items()] : undefined;
}

/**
 * A case for each turn and thinking level, with the answer that each prompt got as its recorded output. Texts of the Lab are
 * no templates. An answer that is not complete is left out.
 */
export function readMatrix(
	cells: readonly SourceNode[],
	positionAt: (offset: number) => Position,
	file: CaseFile,
): void {
	const cases = new Map<string, { line: number; written: MatrixCase }>();
	const names = new UniqueNames();
	const labels = new UniqueNames();
	for (const node of cells) {
		const cell = node.value();
		if (!isRecord(cell)) {
			file.report(positionAt(node.start), l10n.t('This is no cell of a matrix'));
			continue;
		}
		const text = (field: string) => (typeof cell[field] === 'string' ? cell[field] : '');
		const turn = typeof cell['turn'] === 'number' ? l10n.t('turn {0}', cell['turn']) : '';
		const place = [text('section'), text('conversation'), turn, text('thinkingLevel')]
			.filter((part) => part !== '')
			.join(', ');
		const name = names.of(place, [text('question'), text('recorded')]);
		const found: { line: number; written: MatrixCase } = cases.get(name) ?? {
			line: positionAt(node.start).line,
			written: {
				name,
				query: asLiteral(text('question') || name),
				...(text('recorded') !== '' && { expected: asLiteral(text('recorded')) }),
				metadata: { model: text('model') },
				outputs: {},
			},
		};
		cases.set(name, found);
		if (cell['status'] === 'complete') {
			found.written.outputs[labels.of(text('prompt'), [text('systemPrompt')])] = text('answer');
		}
	}
	let row = 1;
	for (const { line, written } of cases.values()) {
		if (Object.keys(written.outputs).length > 0) {
			file.addRow(written, { line, row });
		} else {
			file.report(line, l10n.t('"{0}" has no complete answer, so it is left out', written.name), 'warning');
		}
		row++;
	}
}

/** Names of things that may have the same one: the later ones are numbered. */
class UniqueNames {
	readonly #names = new Map<string, string>();
	readonly #taken = new Set<string>();

	/** The name of a thing, always the same one for what has the same `identity`. */
	of(name: string, identity: readonly string[]): string {
		const key = JSON.stringify([name, ...identity]);
		let unique = this.#names.get(key);
		if (unique === undefined) {
			unique = name;
			for (let number = 2; this.#taken.has(unique); number++) {
				unique = `${name} (${number})`;
			}
			this.#names.set(key, unique);
			this.#taken.add(unique);
		}
		return unique;
	}
}
