import type { SuiteProblem } from '../../common/suiteModel.ts';
import type { Position } from '../../formats/source/linePositions.ts';
import type { SourceNode } from '../../formats/source/sourceNode.ts';
import type { Problems } from './problems.ts';

/** Names of fields and indexes of items. */
export type Path = readonly (string | number)[];

export interface Place {
	path: Path;
	/** The name of the field instead of its value. */
	atKey?: boolean;
	/** A place within a text. */
	offset?: number;
}

/** A value that knows where each of its parts is written. */
export interface Located {
	value: unknown;
	positionOf(place: Place): Position;
	report(place: Place, message: string, about?: Pick<SuiteProblem, 'severity' | 'bySchema'>): void;
}

/** `file` is the case file, relative to the suite, if the node is not in the suite's own text. */
export function locatedNode(
	node: SourceNode,
	value: unknown,
	positionAt: (offset: number) => Position,
	problems: Problems,
	file: string | undefined,
): Located {
	return located(value, (place) => positionAt(offsetOf(node, place)), problems, file);
}

/** For a file whose problems are all reported at the line of the case. */
export function locatedLine(value: unknown, line: number, problems: Problems, file: string | undefined): Located {
	return located(value, () => ({ line, column: 1 }), problems, file);
}

function located(
	value: unknown,
	positionOf: Located['positionOf'],
	problems: Problems,
	file: string | undefined,
): Located {
	return {
		value,
		positionOf,
		report: (place, message, about) =>
			problems.add({
				...positionOf(place),
				message,
				...(file !== undefined && { file }),
				...about,
			}),
	};
}

/** The offset of a place; of the innermost node around it that is written, if it is absent. */
function offsetOf(node: SourceNode, { path, atKey = false, offset }: Place): number {
	let current = node;
	let found = node.start;
	for (const [index, step] of path.entries()) {
		if (typeof step === 'string') {
			const entry = current.entry(step);
			if (!entry) {
				return found;
			}
			const isKeyMeant = atKey && index === path.length - 1;
			// An empty value has no place of its own.
			found = isKeyMeant ? entry.keyStart : entry.value.start || entry.keyStart;
			if (isKeyMeant) {
				return found;
			}
			current = entry.value;
		} else {
			const item = current.item(step);
			if (!item) {
				return found;
			}
			found = item.start || found;
			current = item;
		}
	}
	return offset === undefined ? found : current.offsetIn(offset);
}
