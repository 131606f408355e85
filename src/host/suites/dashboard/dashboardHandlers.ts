import * as v from 'valibot';
import {
	dashboardPeriods,
	type DashboardFilter,
	type DashboardProtocol,
	type DashboardView,
	type FailingCase,
} from '../../../common/dashboardPage.ts';
import type { RpcHandlers } from '../../../common/rpc.ts';
import { shortText } from '../../kit/messageShapes.ts';
import { done, messageParsers, pageHandlers, type MessageSchemas } from '../../kit/pageHandlers.ts';

const filter = v.strictObject({
	folder: shortText,
	tag: shortText,
	model: shortText,
	days: v.picklist(dashboardPeriods),
});
const key = v.strictObject({ key: shortText });

/** Checks the requests of the dashboard's page. */
export const dashboardParsers = messageParsers<DashboardProtocol>({
	snapshot: v.null(),
	view: v.strictObject({ filter }),
	failing: v.strictObject({ filter }),
	openReport: v.strictObject({ runId: v.pipe(v.string(), v.maxLength(64)) }),
	open: key,
	newSuite: key,
} satisfies MessageSchemas<DashboardProtocol>);

/** What the panel provides to its request handlers. */
export interface DashboardParts {
	locale: string;
	/** Called when the page takes its snapshot. */
	begin: () => void;
	view: (filter: DashboardFilter) => Promise<DashboardView>;
	failing: (filter: DashboardFilter) => Promise<FailingCase[]>;
	/** Runs one of our commands by its id without the prefix. */
	command: (id: string, ...parameters: unknown[]) => Promise<unknown>;
}

/** Handles the requests of the dashboard's page. */
export function dashboardHandlers({
	locale,
	begin,
	view,
	failing,
	command,
}: DashboardParts): RpcHandlers<DashboardProtocol> {
	return pageHandlers<DashboardProtocol>(dashboardParsers, {
		snapshot: async () => {
			begin();
			return { locale, show: null };
		},
		view: (params) => view(params.filter),
		failing: (params) => failing(params.filter),
		openReport: done(({ runId }) => command('openReport', runId)),
		open: done((params) => {
			const { kind, id } = partsOf(params.key);
			return kind === 'draft'
				? command('openDraft', Number(id))
				: kind === 'prompt'
					? command('openPrompt', id)
					: command('openSuite', params.key);
		}),
		newSuite: done((params) => {
			const { kind, id } = partsOf(params.key);
			return command('newSuite', kind === 'draft' ? { draftId: Number(id) } : { promptName: id });
		}),
	});
}

function partsOf(given: string): { kind: string; id: string } {
	const at = given.indexOf(':');
	return { kind: given.slice(0, at), id: given.slice(at + 1) };
}
