import { parseSource } from '../source/parseSource.ts';
import type { SourceNode } from '../source/sourceNode.ts';

/** The prompts that a suite names, as it writes them: `draft:Triage`. None if it cannot be read. */
export function suitePrompts(suite: string): string[] {
	return scalars(promptEntry(suite)?.value).flatMap((node) => {
		const value = node.value();
		return typeof value === 'string' ? [value] : [];
	});
}

/** The suite with other prompts in place of those that it names; everything else keeps its bytes. */
export function withSuitePrompts(suite: string, prompts: ReadonlyMap<string, string>): string {
	let text = suite;
	// From the end, so that earlier offsets stay right.
	for (const node of scalars(promptEntry(suite)?.value).reverse()) {
		const value = node.value();
		const other = typeof value === 'string' ? prompts.get(value) : undefined;
		if (other !== undefined) {
			text = `${text.slice(0, node.start)}${JSON.stringify(other)}${text.slice(node.end)}`;
		}
	}
	return text;
}

/** The suite without naming a prompt: it tests the one that it belongs to, or asks at the run. */
export function withoutSuitePrompts(suite: string): string {
	const entry = promptEntry(suite);
	if (!entry) {
		return suite;
	}
	const nodes = scalars(entry.value);
	const end = suite.indexOf('\n', Math.max(entry.value.start, ...nodes.map((node) => node.end)));
	const start = suite.lastIndexOf('\n', entry.keyStart) + 1;
	// Only as it is written by an export and by hand: the entry on lines of its own.
	return start === entry.keyStart && end !== -1 ? suite.slice(0, start) + suite.slice(end + 1) : suite;
}

function promptEntry(suite: string) {
	return parseSource(suite, 'yaml', () => undefined)?.entry('prompt');
}

function scalars(node: SourceNode | undefined): SourceNode[] {
	if (!node) {
		return [];
	}
	return node.kind === 'list' ? [...node.items()] : [node];
}
