import type { SuiteProblem } from '../../common/suiteModel.ts';
import type { SourceNode } from '../source/sourceNode.ts';
import type { Position } from '../source/linePositions.ts';

/** What the reader of a kind of file reports and adds to. */
export interface CaseFile {
	/** The types that an assertion may have here. */
	assertionTypes: ReadonlySet<string>;
	report(at: number | Position, message: string, severity?: SuiteProblem['severity']): void;
	/** Adds a case that is one line of its file, in the fields of a case. `row` counts the cases from 1. */
	addRow(written: unknown, at: { line: number; row: number }): void;
	/** Adds a case with positions of its own. */
	addNode(node: SourceNode, positionAt: (offset: number) => Position, row: number): void;
}

/** Reads the cases of a file. Never throws for what stands in it. */
export type CaseFileReader = (text: string, file: CaseFile) => void;
