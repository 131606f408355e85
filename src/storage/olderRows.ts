import { turnEnd } from '../common/turnEnd.ts';

type AnyRow = Record<string, unknown>;

/** The status of a row; an earlier schema called everything complete that now has a status by its stop reason. */
function endOf(row: AnyRow, stopReason: unknown): unknown {
	const known = stopReason === 'length' || stopReason === 'refusal' || stopReason === 'tools';
	return row['status'] === 'complete' && known ? turnEnd({ stopReason }) : row['status'];
}

/** `parts` is JSON in the trash and a value in an export. */
function stopReasonOf(parts: unknown): unknown {
	try {
		const turn: unknown = typeof parts === 'string' ? JSON.parse(parts) : parts;
		return typeof turn === 'object' && turn !== null && 'stopReason' in turn ? turn.stopReason : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Converts a row of an export or of the trash to the current schema: migrations change what is in the tables, this changes
 * what comes back into them. A row of the current schema is returned unchanged.
 */
export function upgradeRow<Row extends AnyRow>(table: string, row: Row): Row {
	switch (table) {
		case 'auspex_messages':
			return 'answered_model' in row ? row : { ...row, status: endOf(row, stopReasonOf(row['parts'])) };
		case 'auspex_test_results': {
			const isGuide = String(row['model']).startsWith('offline/');
			return 'is_model' in row
				? row
				: { ...row, is_model: isGuide ? 0 : 1, status: endOf(row, row['stop_reason']) };
		}
		default:
			return row;
	}
}
